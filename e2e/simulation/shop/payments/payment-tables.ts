import type {
  Dispute,
  KnownPaymentMethod,
  NewPaymentMethod,
  ProviderCall,
  UserId,
  WalletRequest,
} from '../../../../subgraphs/payments/src/application/ports.ts';
import type { Journal } from '../../../../subgraphs/payments/src/domain/journal.ts';
import { signed } from '../../../../subgraphs/payments/src/domain/journal.ts';
import type { Payment, PaymentEvent, Terms } from '../../../../subgraphs/payments/src/domain/payment.ts';
import { type Table, table } from '../../store/table.ts';

export type PaymentRow = {
  readonly orderId: string;
  readonly payment: Payment;
  readonly terms: Terms | null;
  readonly events: readonly PaymentEvent[];
};

export type CallRow = Omit<ProviderCall, 'ready'> & {
  readonly dueAt: number;
  readonly sentAt: number | null;
};

export type DisputeRow = Dispute & { readonly idempotencyKey: string | null };

/** A card that a user keeps, or kept; none of them expires. */
export type MethodRow = NewPaymentMethod & {
  readonly status: KnownPaymentMethod['status'];
  readonly refusal: KnownPaymentMethod['refusal'];
  /** The provider's, of an active one. */
  readonly token: string | null;
  readonly isDefault: boolean;
};

export type PaymentTables = {
  readonly payments: Table<PaymentRow>;
  /** By idempotency key. */
  readonly journals: Table<Journal>;
  readonly requests: Table<WalletRequest>;
  readonly calls: Table<CallRow>;
  readonly disputes: Table<DisputeRow>;
  /** Whose an order is that was a guest's. */
  readonly claims: Table<UserId>;
  readonly methods: Table<MethodRow>;
};

export const createPaymentTables = (): PaymentTables => ({
  payments: table('payments'),
  journals: table('journals'),
  requests: table('wallet requests'),
  calls: table('provider calls'),
  disputes: table('disputes'),
  claims: table('claimed orders'),
  methods: table('payment methods'),
});

/** What these journals come to, by account, each on the account's own side. */
export const balancesOf = (journals: Iterable<Journal>): Map<string, bigint> => {
  const balances = new Map<string, bigint>();
  for (const { entries } of journals) {
    for (const entry of entries) {
      const { id, kind } = entry.account;
      const change = kind === 'ASSET' || kind === 'EXPENSE' ? signed(entry) : -signed(entry);
      balances.set(id, (balances.get(id) ?? 0n) + change);
    }
  }
  return balances;
};

export const isKept = ({ status }: MethodRow): boolean => status === 'PENDING' || status === 'ACTIVE';

/** What a user sees of their cards, as they are committed. */
export const methodsOf = ({ methods }: PaymentTables, userId: string): readonly MethodRow[] =>
  [...methods.committed.values()].filter((row) => row.userId === userId && isKept(row));
