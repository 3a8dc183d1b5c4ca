import type { Seal } from '@emporium/encryption';
import { placeIn } from '@emporium/encryption';
import { sealedMails } from '../encryption/sealed-tables.ts';

/** What a mail says, sealed for its row: it may hold a link that signs somebody in. */
export const sealMail = ({ seal }: Seal, id: string, data: object): string =>
  seal(JSON.stringify(data), placeIn(sealedMails, id));

/** What it says, also in rows from before mails were sealed. */
export const openMail = (
  { open }: Seal,
  { id, sealed, data }: { readonly id: string; readonly sealed: string | null; readonly data: unknown },
): unknown => (sealed === null ? data : JSON.parse(open(sealed, placeIn(sealedMails, id))));
