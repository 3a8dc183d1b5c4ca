/** What the sandbox keeps, as Stripe's API shows it. Amounts are whole minor units. */
export type IntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'requires_capture'
  | 'succeeded'
  | 'canceled';

type Metadata = Readonly<Record<string, string>>;

export type PaymentIntent = {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly amount: number;
  readonly amount_capturable: number;
  readonly amount_received: number;
  readonly currency: string;
  readonly capture_method: string;
  readonly client_secret: string;
  readonly metadata: Metadata;
  readonly customer: string | null;
  readonly payment_method: string | null;
  readonly status: IntentStatus;
  readonly last_payment_error: { readonly code: string; readonly type: 'card_error' } | null;
  readonly next_action: object | null;
};

export type Customer = { readonly id: string; readonly object: 'customer'; readonly metadata: Metadata };

export type PaymentMethod = {
  readonly id: string;
  readonly object: 'payment_method';
  readonly type: 'card';
  /** Null when it is kept for nobody any more. */
  readonly customer: string | null;
  readonly card: {
    readonly brand: string;
    readonly last4: string;
    readonly exp_month: number;
    readonly exp_year: number;
  };
};

export type SetupIntent = {
  readonly id: string;
  readonly object: 'setup_intent';
  readonly customer: string;
  readonly metadata: Metadata;
  readonly usage: string;
  readonly payment_method: string | null;
  readonly status: 'requires_payment_method' | 'requires_action' | 'succeeded' | 'canceled';
  readonly last_setup_error: { readonly code: string; readonly type: 'card_error' } | null;
};

export type Refund = {
  readonly id: string;
  readonly object: 'refund';
  readonly amount: number;
  readonly currency: string;
  readonly payment_intent: string;
  readonly metadata: Metadata;
  readonly status: 'succeeded' | 'pending';
};

export type Transfer = {
  readonly id: string;
  readonly object: 'transfer';
  readonly amount: number;
  readonly currency: string;
  readonly destination: string;
  readonly transfer_group: string | null;
  readonly metadata: Metadata;
};

/** What a captured intent took from its card. */
export type Charge = {
  readonly id: string;
  readonly object: 'charge';
  readonly amount: number;
  readonly currency: string;
  readonly payment_intent: string;
  readonly metadata: Metadata;
};

export type BalanceTransaction = {
  readonly id: string;
  readonly object: 'balance_transaction';
  readonly amount: number;
  readonly fee: number;
  readonly net: number;
  readonly currency: string;
  /** Seconds. */
  readonly created: number;
  readonly type: 'charge' | 'refund' | 'transfer';
  readonly source: string;
};

export type StripeEvent = {
  readonly id: string;
  readonly object: 'event';
  readonly type: string;
  readonly created: number;
  readonly data: { readonly object: PaymentIntent | Refund | Transfer };
};

export type StripeObject = PaymentIntent | Refund | Transfer;
