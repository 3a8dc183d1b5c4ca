/** What administrators decide about sellers. To everybody else there is no such seller. */
import type { SellerCommand } from '../../domain/seller.ts';
import type { Role } from '../../domain/user.ts';
import type { Dependencies } from '../ports.ts';
import { type Actor, changeSeller, type SellerOutcome } from './change-seller.ts';

/** Who decides, with the roles of the gateway's token. */
type Overseer = Actor & { readonly roles: readonly Role[] };

type Oversight = Exclude<SellerCommand, { type: 'Apply' | 'Approve' }> | { readonly type: 'Approve' };

/** Whether somebody decides about sellers at all. */
export const mayOversee = ({ roles }: Overseer): boolean => roles.includes('ADMIN');

/** Approves or rejects an application, suspends or reinstates a seller. */
export const overseeSeller = (dependencies: Pick<Dependencies, 'transact'>) => {
  const change = changeSeller(dependencies);
  return async (sellerId: string, command: Oversight, by: Overseer): Promise<SellerOutcome> => {
    if (!mayOversee(by)) return { ok: false, refusal: 'NOT_FOUND' };
    return change(sellerId, by, ({ user, isVerified }) =>
      command.type === 'Approve' ? { ...command, isVerified, isOpen: user.state === 'ACTIVE' } : command,
    );
  };
};
