/** A file of products, offered in batches as `bulkUpsertProducts` would: sent again it goes on, or changes nothing. */

import type { Instant } from '@emporium/domain';
import { asId, refuse } from '@emporium/domain';
import type { Transact } from '@emporium/messaging';
import type { CleanHtml } from '../../domain/description.ts';
import { offerWhole } from '../../domain/offer-whole.ts';
import { type Actor, isSeller } from '../actor.ts';
import { offerAll, withCleanText } from '../offer-products.ts';
import type { Ports } from '../ports.ts';
import type {
  Claim,
  ClaimRefusal,
  Entry,
  FileProblem,
  Finished,
  ImportReports,
  ImportView,
  Position,
} from './import-ports.ts';
import { reportOf, sift } from './sift-entries.ts';

export type Ticket =
  | { readonly ok: true; readonly id: string; readonly token: string; readonly expiresAt: Instant }
  | { readonly ok: false; readonly refusal: 'NOT_A_SELLER' | 'SELLER_SUSPENDED' };

const withCleanEntry = (entry: Entry, clean: CleanHtml): Entry =>
  entry.said.ok
    ? { ...entry, said: { ok: true, product: withCleanText(entry.said.product, clean) } }
    : entry;

export const importProducts = (transact: Transact<Ports>, reports: ImportReports, clean: CleanHtml) => ({
  /** Invites a seller to send a file. */
  startImport: (by: Actor): Promise<Ticket> =>
    transact(async ({ sellers, imports, newId, newTicket }): Promise<Ticket> => {
      if (!isSeller(by)) return refuse('NOT_A_SELLER');
      const seller = await sellers.lock(asId(by.id), 'read');
      if (!seller.active) return refuse('SELLER_SUSPENDED');
      const { token, fingerprint } = newTicket();
      const id = newId();
      return { ok: true, id, token, expiresAt: await imports.start(by.id, { id, fingerprint }) };
    }),

  /** Takes up an import, for whoever brings its token. */
  claimImport: (token: string, bytesTotal: number | null): Promise<Claim | Finished | ClaimRefusal> =>
    transact(({ imports, newId, fingerprint }) => imports.claim(fingerprint(token), newId(), bytesTotal)),

  /**
   * Offers what some rows say and notes what became of them, in one transaction. `SELLER_SUSPENDED` and `TAKEN_OVER`: none
   * was looked at, and no more should be sent.
   */
  importBatch: (
    claim: Claim,
    entries: readonly Entry[],
    position: Position,
  ): Promise<'NOTED' | 'SELLER_SUSPENDED' | 'TAKEN_OVER'> => {
    // Before the transaction: nobody waits for it.
    const cleaned = entries.map((entry) => withCleanEntry(entry, clean));
    return transact(async (ports) => {
      const { imports } = ports;
      if (!(await imports.hold(claim))) return 'TAKEN_OVER';
      const { offered, refused } = sift(cleaned, await imports.seen(claim.importId, ...namesIn(cleaned)));
      const products = offered.map(({ product }) => product);
      const outcome = await offerAll(ports, products, { id: claim.sellerId }, offerWhole);
      if (!outcome.ok) return 'SELLER_SUSPENDED';
      const rows = offered.flatMap((entry, index) => {
        const became = outcome.rows[index];
        if (!became) throw new Error('an offer without an outcome');
        return reportOf(entry, became);
      });
      await imports.note(claim, [...rows, ...refused], position);
      return 'NOTED';
    });
  },

  /** Lets go of an import: done, or stopped by a problem. */
  endImport: (claim: Claim, problem: FileProblem | null): Promise<void> =>
    transact(async ({ imports }) => {
      if (await imports.hold(claim)) await imports.end(claim, problem);
    }),

  /** One of the actor's own imports; for ADMIN anybody's. */
  findImport: async (id: string, by: Actor): Promise<ImportView | null> => {
    const found = await reports.find(id);
    return found && mayFollow(by, found) ? found : null;
  },

  importRows: reports.rows,
});

/** An import is its seller's and administrators' to follow. */
export const mayFollow = ({ id, roles }: Actor, { sellerId }: Pick<ImportView, 'sellerId'>): boolean =>
  id === sellerId || roles.includes('ADMIN');

const namesIn = (entries: readonly Entry[]): [skus: string[], keys: string[]] => [
  entries.flatMap(({ rows }) => rows.map(({ sku }) => sku)),
  entries.flatMap(({ key }) => key ?? []),
];
