import type { Instant } from '@emporium/domain';
import type { Period } from './order-lists.ts';
import type { Fingerprint } from './place-order.ts';
import type { UserId } from './ports.ts';

/** What a file holds: what its receiver bought, what they sold, or everybody's. */
export type ExportKind = 'PURCHASES' | 'SALES' | 'ALL';

/** Which orders go into a file. */
export type WantedExport = { readonly kind: ExportKind; readonly placed: Period };

/** Port: who may fetch what. */
export type OrderExports = {
  /** For ten minutes from now, by the database's clock; answers until when. The fingerprint is the token's. */
  allow(by: UserId, fingerprint: string, wanted: WantedExport): Promise<Instant>;
  /** The database's time. */
  now(): Promise<Instant>;
};

export type ExportTicket = { readonly token: string; readonly expiresAt: Instant };

/** Lets somebody fetch a file of orders past GraphQL: the token is the permission, and only its fingerprint is kept. */
export const allowExport =
  (exports: OrderExports, newToken: () => string, fingerprint: Fingerprint) =>
  async (by: UserId, wanted: WantedExport): Promise<ExportTicket> => {
    const token = newToken();
    return { token, expiresAt: await exports.allow(by, fingerprint(token), wanted) };
  };
