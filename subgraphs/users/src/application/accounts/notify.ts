import type { User } from '../../domain/user.ts';
import type { Ports } from '../ports.ts';
import { writeToOwner } from '../write-to-owner.ts';
import type { AccountNotice } from './account-mails.ts';

/** Tells the account's owner what was done to it. */
export const notify = (ports: Ports, user: User, template: AccountNotice['template']): Promise<void> =>
  writeToOwner(ports, user, { template, data: { name: user.name } });
