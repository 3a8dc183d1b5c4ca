import { badUserInput, readPage, toConnection } from '@emporium/subgraph';
import type { DisputeQuery } from '../../application/reads.ts';
import type { Context } from '../context.ts';
import type { SellerDisputeFilter } from './dispute.input.ts';
import { type DisputeConnection, readStatus, showDispute } from './dispute.type.ts';

type Asked = { readonly first: number | null; readonly after: string | null | undefined };

/** A page of disputes, newest first. */
export const listDisputes = async (
  filter: SellerDisputeFilter | null | undefined,
  about: Omit<DisputeQuery, 'statuses'>,
  { first, after }: Asked,
  { app }: Context,
): Promise<DisputeConnection> => {
  if (filter?.status?.length === 0)
    throw badUserInput('Name at least one `status`, or leave it out.', 'filter.status');
  const page = readPage(first, after, 1);
  const statuses = filter?.status?.map(readStatus) ?? null;
  const wanted = { limit: page.limit + 1, after: page.after?.[0] ?? null };
  const disputes = await app.listDisputes({ ...about, statuses }, wanted);
  return toConnection(disputes, page, ({ id }) => [id], showDispute);
};
