import { asId, asInstant } from '@emporium/domain';
import { validate as isUuid } from 'uuid';
import type { Email } from '../domain/email.ts';
import type { Seller, SellerStatus } from '../domain/seller.ts';
import type { AccountState, Role, User } from '../domain/user.ts';

type UserRow = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly emailVerifiedAt: Date | null;
  readonly deactivatedAt: Date | null;
  readonly deletedAt: Date | null;
};
export type SellerRow = {
  readonly id: string;
  readonly displayName: string;
  readonly status: string;
  readonly statusReason: string | null;
  readonly appliedAt: Date;
  readonly version: number;
};

/** The columns of a user; the table's constraints keep e-mail and roles what the types say. */
export const userColumns = {
  id: true,
  email: true,
  name: true,
  roles: true,
  emailVerifiedAt: true,
  deactivatedAt: true,
  deletedAt: true,
} as const;

const stateOf = ({
  deactivatedAt,
  deletedAt,
}: Pick<UserRow, 'deactivatedAt' | 'deletedAt'>): AccountState => {
  if (deletedAt) return 'DELETED';
  return deactivatedAt ? 'DEACTIVATED' : 'ACTIVE';
};

export const toUser = ({ id, email, name, roles, emailVerifiedAt, ...row }: UserRow): User => ({
  id: asId<'User'>(id),
  email: email as Email,
  name,
  roles: roles as readonly Role[],
  emailVerified: emailVerifiedAt !== null,
  state: stateOf(row),
});

export const toSeller = (row: SellerRow): Seller => ({
  id: asId<'User'>(row.id),
  displayName: row.displayName,
  status: row.status as SellerStatus,
  reason: row.statusReason,
  appliedAt: asInstant(row.appliedAt.toISOString()),
  version: row.version,
});

/** Ids come from outside: what cannot be one is nobody's, and is not worth a query. */
export const isId = (text: string): boolean => isUuid(text);
