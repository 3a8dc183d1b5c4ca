import { createCounter, take } from '@emporium/redis';
import type { Redis } from 'ioredis';
import type { LinkMail } from '../../application/accounts/account-mails.ts';
import { hidden } from '../abuse/hidden.ts';

/** Counted where they are asked for. */
const links = new Set<string>([
  'VERIFY_EMAIL',
  'RESET_PASSWORD',
  'CHANGE_EMAIL',
  'REACTIVATE',
  'NO_ACCOUNT',
] satisfies LinkMail['template'][]);

/** Whether a mail may still go to an address. */
export type MayWrite = (mail: {
  readonly recipient: string;
  readonly template: string;
}) => Promise<boolean>;

/**
 * So many notices an hour of one kind to one address: whoever has somebody's password or session has no way to flood their
 * mailbox. Each kind by itself, so that many of one hide no other.
 */
export const createNoticeLimit = (redis: Redis, perHour: number): MayWrite => {
  const sent = createCounter(redis, 'users:mail:notice', perHour, 3600);
  return async ({ recipient, template }) =>
    links.has(template) || (await take(sent, hidden(`${template} ${recipient}`))) === null;
};
