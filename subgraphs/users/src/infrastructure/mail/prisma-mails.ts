import type { Seal } from '@emporium/encryption';
import { v7 as newId } from 'uuid';
import type { Mails } from '../../application/mails.ts';
import type { Prisma } from '../generated/client.ts';
import { sealMail } from './mail-rows.ts';

/** Puts mail, sealed, where the mailer finds it, in one transaction; `mailed` is told that there is some. */
export const prismaMails = (tx: Prisma.TransactionClient, seal: Seal, mailed: () => void): Mails => ({
  send: async ({ userId, recipient, template, data }) => {
    const id = newId();
    const sealed = sealMail(seal, id, data);
    await tx.mail.create({ data: { id, userId, recipient, template, sealed } });
    mailed();
  },
});
