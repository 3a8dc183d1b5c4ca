import { asInstant } from '@emporium/domain';
import { badUserInput, type Page, readPage } from '@emporium/subgraph';
import type { SellerSlice } from '../../application/ports.ts';

/** A page of applications; BAD_USER_INPUT for a cursor that names no moment. `page` is for `toConnection`. */
export const readApplications = (
  first: number | null | undefined,
  after: string | null | undefined,
): { page: Page; slice: Omit<SellerSlice, 'status'> } => {
  const page = readPage(first, after, 2);
  const [appliedAt = '', id = ''] = page.after ?? [];
  return {
    page,
    slice: { limit: page.limit + 1, after: page.after && { appliedAt: moment(appliedAt), id } },
  };
};

const moment = (text: string) => {
  try {
    // A date that does not exist has the shape of one.
    return asInstant(new Date(text).toISOString());
  } catch {
    throw badUserInput('`after` must be an `endCursor` of this list.', 'after');
  }
};
