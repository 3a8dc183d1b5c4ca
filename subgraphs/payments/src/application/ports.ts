/** What the use cases ask of the outside. `Ports` are bound to one database transaction. */
import type { Id, Instant, Money } from '@emporium/domain';
import type { BasisPoints } from '../domain/commission.ts';
import type { Rate } from '../domain/conversion.ts';
import type { DisputeStatus } from '../domain/dispute.ts';
import type { Journal } from '../domain/journal.ts';
import type { BuyerAction, MethodFault, Payment, PaymentEvent, Terms } from '../domain/payment.ts';
import type { Expiry, MethodState } from '../domain/payment-method.ts';
import type { ProviderName } from '../domain/provider.ts';
import type { Routing } from '../domain/provider-routing.ts';
import type { ReconciliationCases } from './reconciliation-case.ts';

export type OrderId = Id<'Order'>;
export type UserId = Id<'User'>;

export type Ports = {
  newId<Kind extends string>(): Id<Kind>;
  /** Which provider is asked for what. */
  readonly routing: Routing;
  readonly payments: Payments;
  readonly ledger: Ledger;
  readonly walletRequests: WalletRequests;
  readonly calls: ProviderCalls;
  readonly providerNews: ProviderNewsRows;
  readonly payoutAccounts: PayoutAccounts;
  readonly disputes: Disputes;
  readonly commission: CommissionRates;
  readonly exchangeRates: ExchangeRates;
  readonly settlement: SettlementCurrencies;
  readonly verifiedUsers: VerifiedUsers;
  readonly deletedUsers: DeletedUsers;
  readonly claimedOrders: ClaimedOrders;
  readonly reconciliationCases: ReconciliationCases;
  readonly claimWriteOffs: ClaimWriteOffs;
  readonly paymentMethods: PaymentMethods;
};

export type Transact = <T>(work: (ports: Ports) => Promise<T>) => Promise<T>;

export type Payments = {
  /** Whoever loads it has it alone until the transaction ends, even while it is absent. */
  load(orderId: OrderId): Promise<Payment>;
  /** Keeps what happened, and tells the other subgraphs. `terms` are null of a payment that nobody asked for. */
  save(orderId: OrderId, terms: Terms | null, events: readonly PaymentEvent[]): Promise<void>;
  /** Into which wallets its sellers were paid for it so far. */
  paidOut(orderId: OrderId): Promise<readonly Wallet[]>;
  /** The currency that a shipment's seller is paid in; null for what nobody has asked to be paid. */
  settlesIn(shipmentId: ShipmentId): Promise<string | null>;
  /** What the provider needs to give money back. */
  findRefund(
    refundId: Id<'Refund'>,
  ): Promise<{ readonly captureId: string; readonly amount: Money } | null>;
};

/** Whose it is, and in which currency. */
export type Wallet = { readonly userId: UserId; readonly currency: string };

export type Ledger = {
  /** The same journal again is KNOWN, and moves nothing. Throws JournalRefused when the books do not take it. */
  post(journal: Journal): Promise<'POSTED' | 'KNOWN'>;
  /** Waits until nobody else lowers the balances of these wallets, which nobody then does until the transaction ends. */
  turnsOfWallets(wallets: readonly Wallet[]): Promise<void>;
  /** What is in a wallet, and what its user owes us, in minor units; nobody else lowers either until the transaction ends. */
  lockWallet(
    userId: UserId,
    currency: string,
  ): Promise<{ readonly balance: bigint; readonly owed: bigint }>;
  /**
   * How much of an amount, in minor units, a provider does not hold for us of what this transaction has it pay; nobody else
   * lowers what it holds until the transaction ends.
   */
  lacking(provider: ProviderName, amount: Money): Promise<bigint>;
};

/** What a user owed us and an administrator gave up, under a key of the administrator's own. */
export type ClaimWriteOff = {
  readonly id: Id<'ClaimWriteOff'>;
  readonly userId: UserId;
  readonly amount: Money;
  /** In the administrator's words. */
  readonly reason: string;
  readonly by: UserId;
  readonly idempotencyKey: string;
  readonly at: Instant;
};

export type ClaimWriteOffs = {
  /** What the administrator wrote off under the key; nobody else uses it until the transaction ends. */
  findByKey(by: UserId, idempotencyKey: string): Promise<ClaimWriteOff | null>;
  /** Keeps it, at the database's time; they are only ever added. */
  add(writeOff: Omit<ClaimWriteOff, 'at'>): Promise<ClaimWriteOff>;
};

export type DisputeId = Id<'Dispute'>;
export type ShipmentId = Id<'Shipment'>;

/** What the marketplace keeps of sales in one currency, or of one seller's; null is any. Basis points of null end it. */
export type CommissionRate = {
  readonly id: Id<'CommissionRate'>;
  readonly sellerId: UserId | null;
  readonly currency: string | null;
  readonly basisPoints: BasisPoints | null;
  readonly validFrom: Instant;
};

/** What a sale is agreed on for good when its payment is asked for. */
export type Agreed = {
  readonly commissionRate: BasisPoints;
  /** Where the seller wants another currency, and a rate of it is known that is not too old. */
  readonly settlement?: Rate;
};

export type CommissionRates = {
  /**
   * Of each seller in the currency, by the database's clock: the narrowest commission that is valid now, and by what they are
   * paid in their own currency.
   */
  agreedFor(sellerIds: readonly UserId[], currency: string): Promise<ReadonlyMap<UserId, Agreed>>;
  /** Keeps one; rates are only ever added. */
  add(rate: CommissionRate, by: UserId): Promise<void>;
};

/** What one euro was in a currency on a day, as ADMIN said. */
export type ExchangeRate = {
  readonly id: Id<'ExchangeRate'>;
  readonly currency: string;
  readonly millionths: bigint;
  /** YYYY-MM-DD, of UTC. */
  readonly onDate: string;
  /** Where they have it from. */
  readonly source: string | null;
  readonly setAt: Instant;
};

export type NewExchangeRate = Omit<ExchangeRate, 'setAt'>;

export type ExchangeRates = {
  /** By the newest rates that are not too old, by the database's clock; null when one of the two has none. */
  present(from: string, to: string): Promise<Rate | null>;
  /** Those of a day, by currency; nobody else adds to it until the transaction ends. */
  ofDay(onDate: string): Promise<readonly ExchangeRate[]>;
  /** Whether there ever was one; the euro's is itself. */
  isKnown(currency: string): Promise<boolean>;
  /** Rates are only ever added, once for each currency and day. */
  add(rates: readonly NewExchangeRate[], by: UserId): Promise<void>;
};

/** In which currency sellers want to be paid; what they chose is only ever added to, and the last counts. */
export type SettlementCurrencies = {
  /** Null is that of each sale. */
  choose(sellerId: UserId, currency: string | null): Promise<void>;
};

/** Whose a shipment is that something is held for. */
export type SoldShipment = {
  readonly orderId: OrderId;
  readonly shipmentId: ShipmentId;
  readonly buyerId: UserId;
};

export type Dispute = SoldShipment & {
  readonly id: DisputeId;
  readonly status: DisputeStatus;
  /** What went to the buyer and to the seller by its end. */
  readonly refunded: Money;
  readonly released: Money;
  /** Null once it is erased. */
  readonly inputHash: string | null;
};

/** What a buyer said: their own words, and what tells whether they said the same before. */
export type Said = {
  readonly note: string | null;
  readonly idempotencyKey: string;
  readonly inputHash: string;
};

export type Disputes = {
  /** Null for what nobody has asked to be paid. */
  findShipment(shipmentId: ShipmentId): Promise<SoldShipment | null>;
  /** What the buyer opened under the key; nobody else opens anything under it until the transaction ends. */
  findByKey(buyerId: UserId, idempotencyKey: string): Promise<Dispute | null>;
  find(id: DisputeId): Promise<Dispute | null>;
  /** Keeps what was said, of a dispute that has just been opened. */
  keepSaid(id: DisputeId, said: Said): Promise<void>;
};

/** Our copy of who has proven their e-mail address to users. */
export type VerifiedUsers = {
  add(userId: UserId): Promise<void>;
  isVerified(userId: UserId): Promise<boolean>;
};

/** Whose accounts are gone. What they asked for keeps its amounts, and nothing in their own words. */
export type DeletedUsers = {
  forget(userId: UserId): Promise<void>;
};

/** Orders that were placed without an account, and are by their token nobody's any more. */
export type ClaimedOrders = {
  /** Once and for good, also of an order whose payment nobody has asked for yet. */
  claim(orderId: OrderId, buyerId: UserId): Promise<void>;
  /** It stays whose it is: the account's that has claimed it, or its guest's. */
  close(orderId: OrderId, guestId: UserId): Promise<void>;
};

export type PaymentMethodId = Id<'PaymentMethod'>;

/** A card by the token that the client was given for it, or by a method that its user keeps. */
export type CardSource =
  | { readonly token: string; readonly paymentMethodId?: never }
  | { readonly paymentMethodId: string; readonly token?: never };

/** What to ask the provider with, or why it is not asked. */
export type FoundCard =
  | { readonly type: 'CARD'; readonly token: string }
  | { readonly type: 'NO_CARD' | 'TOKEN_UNREADABLE' | MethodFault; readonly token?: never };

export type NewPaymentMethod = {
  readonly id: PaymentMethodId;
  readonly userId: UserId;
  readonly idempotencyKey: string;
  readonly inputHash: string;
  readonly label: string | null;
  readonly wantsDefault: boolean;
};

/** One that was asked for before, whatever became of it. */
export type KnownPaymentMethod = {
  readonly id: PaymentMethodId;
  readonly inputHash: string;
  readonly status: MethodState['status'] | 'REFUSED' | 'REMOVED';
  /** Of what is REFUSED. */
  readonly refusal: 'CARD_DECLINED' | 'AUTHENTICATION_REQUIRED' | 'EXPIRED' | null;
};

/** What the provider says of a card; null where it does not. */
export type CardDetails = {
  readonly brand: string | null;
  readonly last4: string | null;
  readonly expiry: Expiry | null;
};

export type PaymentMethods = {
  /** What a user has, oldest first; nobody else changes it until the transaction ends. `isGone`: the account was deleted. */
  load(userId: UserId): Promise<{
    readonly methods: readonly (MethodState & { readonly wantsDefault: boolean })[];
    readonly at: Instant;
    readonly isGone: boolean;
  }>;
  findByKey(userId: UserId, idempotencyKey: string): Promise<KnownPaymentMethod | null>;
  /** The user's own one, also when it is over. */
  find(userId: UserId, id: string): Promise<KnownPaymentMethod | null>;
  add(method: NewPaymentMethod): Promise<void>;
  activate(id: string, token: string, details: CardDetails): Promise<void>;
  refuse(id: string, refusal: NonNullable<KnownPaymentMethod['refusal']>): Promise<void>;
  /** Makes one the user's only default. */
  setDefault(userId: UserId, id: string): Promise<void>;
  /** Keeps nothing of it but that it was there; gives its token, if it had one already. */
  remove(id: string): Promise<string | null>;
  /** Keeps nothing of any of them; gives their tokens. */
  eraseAllOf(userId: UserId): Promise<readonly string[]>;
  /** Whoever asks with a token, or with nothing, costs no statement. */
  findCard(asked: {
    readonly userId: UserId;
    /** A token that orders sealed for us, good for this order alone. */
    readonly sealed?: { readonly token: string; readonly orderId: OrderId } | undefined;
    readonly token?: string | undefined;
    readonly paymentMethodId?: string | undefined;
  }): Promise<FoundCard>;
};

export type WalletRequestId = Id<'WalletRequest'>;

/** A top-up or a withdrawal; `inputHash` tells equal input from other input under the same key. */
export type WalletRequest = {
  readonly id: WalletRequestId;
  readonly userId: UserId;
  readonly kind: 'TOP_UP' | 'WITHDRAWAL';
  readonly idempotencyKey: string;
  readonly inputHash: string;
  readonly amount: Money;
  readonly status: 'PENDING' | 'DONE' | 'DECLINED';
  /** What the owner of a pending top-up's card must do before it pays. */
  readonly nextAction: BuyerAction | null;
};

export type NewWalletRequest = Omit<WalletRequest, 'nextAction'>;

export type WalletRequests = {
  findByKey(userId: UserId, idempotencyKey: string): Promise<WalletRequest | null>;
  /** Keeps it, unless the user's key is taken: then the one that took it. Equals that come at once wait. */
  open(request: NewWalletRequest): Promise<{ readonly request: WalletRequest; readonly isNew: boolean }>;
  /** Keeps what a pending one's owner must do, and that they have so many minutes for it; the first counts. */
  requireAction(id: WalletRequestId, action: BuyerAction, minutes: number): Promise<void>;
  /** Whether the time for it is over; not of one that waits for nobody. */
  isTooLate(id: WalletRequestId): Promise<boolean>;
  /** Ends a pending one, and gives it; null when it had ended before. */
  finish(id: WalletRequestId, status: 'DONE' | 'DECLINED'): Promise<WalletRequest | null>;
  find(id: WalletRequestId): Promise<WalletRequest | null>;
};

/** Where users have what they take out sent to, at providers that need to know. */
export type PayoutAccounts = {
  set(userId: UserId, provider: ProviderName, account: string): Promise<void>;
  find(userId: UserId, provider: ProviderName): Promise<string | null>;
};

/** What a provider tells of itself, whose signature holds. It is never believed: it only has us look. */
export type ProviderNews = {
  /** The provider's; the same again is the same news. */
  readonly id: string;
  readonly provider: ProviderName;
  readonly type: string;
  /** The payment, top-up, refund or payout that it is about, by our id; null when it names none. */
  readonly subject: string | null;
  readonly amount: Money | null;
  /** It says that a card's money was taken. */
  readonly isCapture: boolean;
  /** SHA-256 of what was sent. */
  readonly digest: string;
};

/** UNEXPECTED_MONEY: taken for what had ended without; a person has to look. */
export type NewsOutcome =
  | 'LOOKED_UP'
  | 'NOTHING_TO_DO'
  | 'NOT_OURS'
  | 'UNKNOWN_PAYMENT'
  | 'WRONG_AMOUNT'
  | 'UNEXPECTED_MONEY';

/** What is known of something that a provider tells about; its provider is null where only a call knows it. */
export type Known = {
  readonly status: string;
  readonly provider: ProviderName | null;
  readonly amount: Money;
};

/** What providers told us. */
export type ProviderNewsRows = {
  /** Once, however often it is told. */
  keep(news: ProviderNews): Promise<void>;
  /** What came of it; null when nothing has yet. Nobody else decides that until the transaction ends. */
  outcomeOf(news: ProviderNews): Promise<NewsOutcome | null>;
  end(news: ProviderNews, outcome: NewsOutcome): Promise<void>;
  /** The payment, top-up, payout or refund of an id. */
  find(subject: string): Promise<Known | null>;
};

/** Something that the card provider must be asked; `id` is its idempotency key there. */
export type ProviderCall = {
  readonly id: string;
  readonly kind: 'CAPTURE' | 'REFUND' | 'TOP_UP' | 'PAYOUT' | 'SAVE_METHOD' | 'FORGET_METHOD';
  /** The order's id; of a top-up or a withdrawal its own; of a payment method its user's. */
  readonly subject: string;
  /** A card's; of a payout, the account at the provider that it goes to, if it needs one. */
  readonly token: string | null;
  /** Who is asked. */
  readonly provider: ProviderName;
  /** How often somebody has taken it. */
  readonly attempts: number;
  /** The event that it follows from: what becomes of it will name it, too. */
  readonly eventId: string | null;
  /** Whether the provider may have been asked to move money already. */
  readonly sent: boolean;
  /** What to ask for at once, before anything else: who made the call has prepared it, and nobody has asked yet. */
  readonly ready: CaptureRequest | null;
};

/** A card's money, for the order, top-up or withdrawal that `reference` names. */
export type CaptureRequest = {
  readonly amount: Money;
  readonly token: string;
  readonly reference: string;
  /** What the provider called it when it told the buyer what to do. */
  readonly providerOrderId?: string;
};

export type NewProviderCall = Pick<ProviderCall, 'id' | 'kind' | 'subject' | 'token' | 'provider'>;

export type ProviderCalls = {
  /** To be taken by whoever is free. */
  add(call: NewProviderCall): Promise<void>;
  /** The caller has it already, as if claimed. */
  addTaken(call: NewProviderCall): Promise<ProviderCall>;
  /** Taken, and kept as sent: it is asked for right after the commit. If that is cut short, it is due like any other. */
  addReady(call: NewProviderCall, request: CaptureRequest): Promise<void>;
  /** Takes up to `limit` that are due; whoever crashes loses them again after a few seconds. */
  claim(limit: number): Promise<readonly ProviderCall[]>;
  /** Keeps that the provider is about to be asked to move money. */
  markSent(id: string): Promise<void>;
  /** Whether nothing that was sent can still be on its way to the provider. */
  isQuiet(id: string): Promise<boolean>;
  /** Another provider is about to be asked instead of the call's; null when somebody else has taken the call meanwhile. */
  handOver(call: ProviderCall, to: ProviderName, request: CaptureRequest): Promise<ProviderCall | null>;
  /** Whoever is free takes it in a moment, unless somebody is at it; false when there is no such call. */
  hurry(id: string): Promise<boolean>;
  retryIn(id: string, milliseconds: number): Promise<void>;
  /** Forgets it, and its token. */
  remove(id: string): Promise<void>;
};
