import type { Role } from '../user.ts';

type Reader = { readonly id: string | null; readonly roles: readonly Role[] };

/** Where somebody lives is for themself, and for administrators, who help when a parcel is lost. */
export const mayReadAddresses = (reader: Reader, userId: string): boolean =>
  reader.id === userId || reader.roles.includes('ADMIN');

/** What somebody likes is nobody else's business. */
export const mayReadTastes = (reader: Pick<Reader, 'id'>, userId: string): boolean => reader.id === userId;
