import type { Seal } from '@emporium/encryption';
import type { Logger } from '@emporium/subgraph';
import type { PrismaClient } from '../generated/client.ts';
import { openMail } from './mail-rows.ts';
import type { MayWrite } from './notice-limit.ts';
import type { PostOffice } from './post-office.ts';
import { writeLetter } from './templates.ts';

type Options = {
  readonly prisma: PrismaClient;
  readonly seal: Seal;
  readonly postOffice: PostOffice;
  /** Asked once for each mail; one that may not is dropped. */
  readonly mayWrite: MayWrite;
  /** Where readers are told to write to; null where no address is configured. */
  readonly support: string | null;
  readonly logger: Logger;
  /** Milliseconds between looks when nobody wakes it: for what other replicas left behind. */
  readonly pollMs: number;
};

/** Sends mail that is due, together with the mailers of other replicas. */
export type Mailer = {
  /** Something is due. */
  wake(): void;
  /** Begins nothing more, and waits for what is under way. */
  stop(): Promise<void>;
};

type Due = {
  id: string;
  recipient: string;
  template: string;
  data: unknown;
  sealed: string | null;
  attempts: number;
};

const atATime = 10;
/** Seconds for which a mail that is taken is left alone; after that its mailer is taken for dead. */
const takenSeconds = 60;
/** Doubled with each attempt; after the last, some four hours after the first, the mail is given up. */
const firstPauseSeconds = 15;
const mostAttempts = 10;

export const startMailer = ({
  prisma,
  seal,
  postOffice,
  mayWrite,
  support,
  logger,
  pollMs,
}: Options): Mailer => {
  let isStopped = false;
  let isWoken = false;
  let working: Promise<void> | undefined;

  /** Taken before it is sent and without a transaction meanwhile: a mail whose mailer dies may come twice, but it comes. */
  const take = () => prisma.$queryRaw<Due[]>`
    UPDATE mails SET attempts = attempts + 1, due_at = now() + make_interval(secs => ${takenSeconds})
    WHERE id IN (
      SELECT id FROM mails WHERE due_at <= now() ORDER BY due_at LIMIT ${atATime} FOR UPDATE SKIP LOCKED)
    RETURNING id, recipient, template, data, sealed, attempts`;

  const send = async (mail: Due): Promise<void> => {
    const { id, recipient, template, attempts } = mail;
    try {
      if (attempts > 1 || (await mayWrite(mail)))
        await postOffice.deliver(recipient, writeLetter(template, openMail(seal, mail), support));
      else logger.warn({ mail: id, template }, 'a mail was dropped: too many of its kind to one address');
      await prisma.mail.deleteMany({ where: { id } });
    } catch (error) {
      const log = { mail: id, template, attempts, reason: String(error) };
      if (attempts >= mostAttempts) {
        await prisma.mail.deleteMany({ where: { id } });
        logger.error(log, 'a mail was given up');
        return;
      }
      const pause = firstPauseSeconds * 2 ** (attempts - 1);
      await prisma.$executeRaw`UPDATE mails SET due_at = now() + make_interval(secs => ${pause}) WHERE id = ${id}`;
      logger.warn(log, 'a mail was not sent; it is tried again');
    }
  };

  const work = async (): Promise<void> => {
    while (isWoken && !isStopped) {
      isWoken = false;
      const due = await take();
      if (due.length === atATime) isWoken = true;
      await Promise.all(due.map(send));
    }
  };

  const wake = (): void => {
    isWoken = true;
    working ??= work()
      .catch((error: unknown) => logger.warn({ err: error }, 'no look at the mail; trying again'))
      .finally(() => {
        working = undefined;
        if (isWoken && !isStopped) wake();
      });
  };

  const polling = setInterval(wake, pollMs);
  wake();
  return {
    wake,
    stop: async () => {
      isStopped = true;
      clearInterval(polling);
      await working;
      postOffice.close();
    },
  };
};
