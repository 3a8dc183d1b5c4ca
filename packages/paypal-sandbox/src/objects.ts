/** What the sandbox keeps, as PayPal's API shows it. Amounts are decimals of the major unit. */
export type Amount = { readonly currency_code: string; readonly value: string };

type Link = { readonly rel: string; readonly href: string; readonly method: string };

export type Authorization = {
  readonly id: string;
  readonly status: 'CREATED' | 'CAPTURED' | 'DENIED' | 'VOIDED' | 'PENDING';
  readonly amount: Amount;
  readonly custom_id: string;
};

export type Capture = {
  readonly id: string;
  readonly status: 'COMPLETED' | 'PENDING' | 'DECLINED' | 'PARTIALLY_REFUNDED' | 'REFUNDED';
  readonly amount: Amount;
  readonly custom_id: string;
  readonly supplementary_data: { readonly related_ids: { readonly order_id: string } };
};

export type Refund = {
  readonly id: string;
  readonly status: 'COMPLETED' | 'PENDING';
  readonly amount: Amount;
  readonly custom_id: string;
};

export type PurchaseUnit = {
  readonly reference_id: string;
  readonly custom_id: string;
  readonly amount: Amount;
  readonly payments?: {
    readonly authorizations: readonly Authorization[];
    readonly captures: readonly Capture[];
    readonly refunds: readonly Refund[];
  };
};

export type Order = {
  readonly id: string;
  readonly intent: 'AUTHORIZE';
  readonly status: 'PAYER_ACTION_REQUIRED' | 'APPROVED' | 'COMPLETED';
  readonly purchase_units: readonly [PurchaseUnit];
  readonly links: readonly Link[];
};

export type Resource = Order | Authorization | Capture | Refund;

export type PayPalEvent = {
  readonly id: string;
  readonly event_type: string;
  readonly create_time: string;
  readonly resource: Resource;
};
