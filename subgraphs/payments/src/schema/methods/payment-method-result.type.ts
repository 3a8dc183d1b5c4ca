import { Refusal, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, ObjectType, registerEnumType } from 'type-graphql';
import type {
  PaymentMethodOutcome,
  PaymentMethodRefusal as Reason,
} from '../../application/methods/payment-method-outcome.ts';
import { PaymentMethod, showMethod } from './payment-method.type.ts';

/** Why nothing came of it. */
export enum PaymentMethodRefusalCode {
  NOT_FOUND = 'NOT_FOUND',
  REMOVED = 'REMOVED',
  TOO_MANY = 'TOO_MANY',
  CARD_DECLINED = 'CARD_DECLINED',
  AUTHENTICATION_REQUIRED = 'AUTHENTICATION_REQUIRED',
  EXPIRED = 'EXPIRED',
  NOT_READY = 'NOT_READY',
  GONE = 'GONE',
  IDEMPOTENCY_MISMATCH = 'IDEMPOTENCY_MISMATCH',
}

registerEnumType(PaymentMethodRefusalCode, {
  name: 'PaymentMethodRefusalCode',
  description: 'Why a payment method was not added, changed or removed.',
  valuesConfig: {
    NOT_FOUND: { description: 'There is no such payment method, or it is not yours.' },
    REMOVED: { description: 'You removed it.' },
    TOO_MANY: { description: 'You keep 20 cards already: remove one first.' },
    CARD_DECLINED: { description: 'The card provider does not keep this card.' },
    AUTHENTICATION_REQUIRED: {
      description: 'The card’s bank asks its owner before it may be kept, which cannot be done here.',
    },
    EXPIRED: { description: 'The card has expired.' },
    NOT_READY: { description: 'The card provider has not answered yet.' },
    GONE: { description: 'The account was deleted.' },
    IDEMPOTENCY_MISMATCH: { description: 'The idempotency key was used before, with other input.' },
  },
});

@ObjectType({
  implements: Refusal,
  description: 'Why a payment method was not added, changed or removed.',
})
export class PaymentMethodRefusal extends Refusal {
  readonly __typename = 'PaymentMethodRefusal';

  @Field(() => PaymentMethodRefusalCode, { description: 'The reason, to act on.' })
  code!: `${PaymentMethodRefusalCode}`;
}

export const PaymentMethodResult = createUnionType({
  name: 'PaymentMethodResult',
  description: 'The payment method as it is now, or why nothing came of it.',
  types: () => [PaymentMethod, PaymentMethodRefusal] as const,
  resolveType,
});

const messages: Record<Reason, string> = {
  NOT_FOUND: 'There is no such payment method, or it is not yours.',
  REMOVED: 'You removed this payment method. Add the card again, with a new idempotency key.',
  TOO_MANY: 'You keep 20 cards, and no more fit. Remove one first.',
  CARD_DECLINED: 'The card provider does not keep this card. Try another, with a new idempotency key.',
  AUTHENTICATION_REQUIRED:
    'The bank of this card asks its owner before it may be kept. Pay with it without keeping it, or keep another.',
  EXPIRED: 'This card has expired. Take another.',
  NOT_READY: 'The card provider has not answered for this card yet. Try again in a moment.',
  GONE: 'This account was deleted.',
  IDEMPOTENCY_MISMATCH: 'This idempotency key was used with other input. Choose a new key for a new wish.',
};

export const showOutcome = (outcome: PaymentMethodOutcome): PaymentMethod | PaymentMethodRefusal =>
  outcome.ok
    ? showMethod(outcome.method)
    : { __typename: 'PaymentMethodRefusal', code: outcome.refusal, message: messages[outcome.refusal] };
