/** What administrators decide about sellers. To everybody else there is no such seller. */
import type { SellerCommand } from '../../domain/seller.ts';
import type { Role } from '../../domain/user.ts';
import type { Dependencies } from '../ports.ts';
import { type Actor, changeSeller, type Facts, type SellerOutcome } from './change-seller.ts';

/** Who decides, with the roles of the gateway's token. */
type Overseer = Actor & { readonly roles: readonly Role[] };

type Oversight =
  | Exclude<SellerCommand, { type: 'Apply' | 'Approve' | 'Reinstate' }>
  | { readonly type: 'Approve' | 'Reinstate' };

/** With what the account has to be, as it stands. */
const commandOf = (oversight: Oversight, { user, isVerified }: Facts): SellerCommand => {
  const isOpen = user.state === 'ACTIVE';
  switch (oversight.type) {
    case 'Approve':
      return { type: 'Approve', isVerified, isOpen };
    case 'Reinstate':
      return { type: 'Reinstate', isOpen };
    default:
      return oversight;
  }
};

/** Whether somebody decides about sellers at all. */
export const mayOversee = ({ roles }: Overseer): boolean => roles.includes('ADMIN');

/** Approves or rejects an application, suspends or reinstates a seller. */
export const overseeSeller = (dependencies: Pick<Dependencies, 'transact'>) => {
  const change = changeSeller(dependencies);
  return async (sellerId: string, command: Oversight, by: Overseer): Promise<SellerOutcome> => {
    if (!mayOversee(by)) return { ok: false, refusal: 'NOT_FOUND' };
    return change(sellerId, by, (facts) => commandOf(command, facts));
  };
};
