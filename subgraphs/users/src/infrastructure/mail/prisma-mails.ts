import { v7 as newId } from 'uuid';
import type { Mails } from '../../application/mails.ts';
import type { Prisma } from '../generated/client.ts';

/** Puts mail where the mailer finds it, in one transaction; `mailed` is told that there is some. */
export const prismaMails = (tx: Prisma.TransactionClient, mailed: () => void): Mails => ({
  send: async ({ userId, recipient, template, data }) => {
    await tx.mail.create({ data: { id: newId(), userId, recipient, template, data } });
    mailed();
  },
});
