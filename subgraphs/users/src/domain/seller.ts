/** A seller: how an account comes to sell, and when it must stop. No clock, no ids, no I/O. */
import { accept, type Decision, type Id, type Instant, refuse } from '@emporium/domain';
import type { Role } from './user.ts';

export const sellerStatuses = ['PENDING', 'ACTIVE', 'SUSPENDED', 'REJECTED'] as const;
export type SellerStatus = (typeof sellerStatuses)[number];

/** A user's application to sell and what became of it. Its id is the user's. */
export type Seller = {
  readonly id: Id<'User'>;
  readonly displayName: string;
  readonly status: SellerStatus;
  /** Why it was rejected or suspended, else null. */
  readonly reason: string | null;
  /** When it last applied. */
  readonly appliedAt: Instant;
  /** How often the others were told of it; 0 before the first time. */
  readonly version: number;
};

export type SellerCommand =
  | {
      readonly type: 'Apply';
      readonly userId: Id<'User'>;
      readonly displayName: string;
      readonly at: Instant;
      /** Whether they have proven that their e-mail address is theirs. */
      readonly isVerified: boolean;
      readonly approval: SellerApproval;
    }
  /** Of an account that is verified, and not deactivated. */
  | { readonly type: 'Approve'; readonly isVerified: boolean; readonly isOpen: boolean }
  | { readonly type: 'Reject' | 'Suspend'; readonly reason: string }
  /** Of an account that is not deactivated: else a shop would be open whose owner nobody lets in. */
  | { readonly type: 'Reinstate'; readonly isOpen: boolean };

/** `manual`: an administrator decides on everyone whose address is proven. `auto`: whoever applies sells at once. */
export type SellerApproval = 'auto' | 'manual';

export type SellerEvent =
  | {
      readonly type: 'Applied';
      readonly userId: Id<'User'>;
      readonly displayName: string;
      readonly at: Instant;
    }
  | { readonly type: 'Approved' }
  | { readonly type: 'Rejected' | 'Suspended'; readonly reason: string }
  | { readonly type: 'Reinstated' };

export type SellerRefusal =
  | 'NOT_FOUND'
  | 'EMAIL_NOT_VERIFIED'
  | 'ALREADY_APPLIED'
  | 'ALREADY_A_SELLER'
  | 'NOT_PENDING'
  | 'NOT_ACTIVE'
  | 'NOT_SUSPENDED';

export type SellerDecision = Decision<SellerEvent, SellerRefusal>;

type Oversight = Exclude<SellerCommand, { type: 'Apply' }>;

/** What a seller must be for each decision, what it makes of them, and the refusal if they are neither. */
const moves = {
  Approve: { from: 'PENDING', to: 'ACTIVE', otherwise: 'NOT_PENDING' },
  Reject: { from: 'PENDING', to: 'REJECTED', otherwise: 'NOT_PENDING' },
  Suspend: { from: 'ACTIVE', to: 'SUSPENDED', otherwise: 'NOT_ACTIVE' },
  Reinstate: { from: 'SUSPENDED', to: 'ACTIVE', otherwise: 'NOT_SUSPENDED' },
} as const satisfies Record<
  Oversight['type'],
  { from: SellerStatus; to: SellerStatus; otherwise: SellerRefusal }
>;

/** Doing what is already done is granted, and nothing happens. */
export const decide = (command: SellerCommand, seller: Seller | null): SellerDecision => {
  if (command.type === 'Apply') return apply(command, seller);
  if (seller === null) return refuse('NOT_FOUND');
  const { from, to, otherwise } = moves[command.type];
  if (seller.status === to) return accept();
  return seller.status === from ? oversee(command) : refuse(otherwise);
};

const oversee = (command: Oversight): SellerDecision => {
  switch (command.type) {
    case 'Approve':
      if (!command.isOpen) return refuse('NOT_FOUND');
      return command.isVerified ? accept({ type: 'Approved' }) : refuse('EMAIL_NOT_VERIFIED');
    case 'Reject':
      return accept({ type: 'Rejected', reason: command.reason });
    case 'Suspend':
      return accept({ type: 'Suspended', reason: command.reason });
    case 'Reinstate':
      return command.isOpen ? accept({ type: 'Reinstated' }) : refuse('NOT_FOUND');
  }
};

/** Who was rejected may apply again; who was suspended waits to be reinstated. */
const apply = (
  { userId, displayName, at, isVerified, approval }: Extract<SellerCommand, { type: 'Apply' }>,
  seller: Seller | null,
): SellerDecision => {
  if (seller?.status === 'PENDING') return refuse('ALREADY_APPLIED');
  if (seller !== null && seller.status !== 'REJECTED') return refuse('ALREADY_A_SELLER');
  if (approval === 'manual' && !isVerified) return refuse('EMAIL_NOT_VERIFIED');
  const applied: SellerEvent = { type: 'Applied', userId, displayName, at };
  return approval === 'auto' ? accept<SellerEvent>(applied, { type: 'Approved' }) : accept(applied);
};

/** The seller after an event; null before the first application. */
export const evolve = (seller: Seller | null, event: SellerEvent): Seller => {
  if (event.type === 'Applied') {
    const { userId: id, displayName, at: appliedAt } = event;
    return { id, displayName, status: 'PENDING', reason: null, appliedAt, version: seller?.version ?? 0 };
  }
  if (seller === null) throw new TypeError(`${event.type} of a seller who never applied`);
  switch (event.type) {
    case 'Approved':
    case 'Reinstated':
      return { ...seller, status: 'ACTIVE', reason: null };
    case 'Rejected':
      return { ...seller, status: 'REJECTED', reason: event.reason };
    case 'Suspended':
      return { ...seller, status: 'SUSPENDED', reason: event.reason };
  }
};

/** Who asks to see a seller. */
export type Reader = { readonly id: string | null; readonly roles: readonly Role[] };

/**
 * Who sells or has sold is known to all: orders name them. An application is there for whoever made it and administrators.
 */
export const mayReadSeller = (
  { id, roles }: Reader,
  seller: { readonly id: string; readonly status: SellerStatus },
): boolean =>
  seller.status === 'ACTIVE' ||
  seller.status === 'SUSPENDED' ||
  id === seller.id ||
  roles.includes('ADMIN');
