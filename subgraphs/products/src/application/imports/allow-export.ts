import { type Instant, refuse } from '@emporium/domain';
import type { Transact } from '@emporium/messaging';
import { type Actor, isSeller } from '../actor.ts';
import type { Ports } from '../ports.ts';

export type ExportTicket =
  | { readonly ok: true; readonly token: string; readonly expiresAt: Instant }
  | { readonly ok: false; readonly refusal: 'NOT_A_SELLER' };

/** Lets a seller fetch their products as a file; who is suspended may, too: it is their own. */
export const allowExport =
  (transact: Transact<Ports>) =>
  (by: Actor): Promise<ExportTicket> =>
    transact(async ({ imports, newId, newTicket }): Promise<ExportTicket> => {
      if (!isSeller(by)) return refuse('NOT_A_SELLER');
      const { token, fingerprint } = newTicket();
      const expiresAt = await imports.allowExport(by.id, { id: newId(), fingerprint });
      return { ok: true, token, expiresAt };
    });
