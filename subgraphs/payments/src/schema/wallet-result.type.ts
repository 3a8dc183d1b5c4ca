import { Refusal, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, ObjectType, registerEnumType } from 'type-graphql';
import type { WalletRefusal as Reason, WalletOutcome } from '../application/wallet-outcome.ts';
import { showWallet, Wallet } from './wallet.type.ts';

/** Why a wallet did not change. */
export enum WalletRefusalCode {
  CARD_DECLINED = 'CARD_DECLINED',
  EMAIL_NOT_VERIFIED = 'EMAIL_NOT_VERIFIED',
  METHOD_NOT_FOUND = 'METHOD_NOT_FOUND',
  METHOD_REMOVED = 'METHOD_REMOVED',
  METHOD_EXPIRED = 'METHOD_EXPIRED',
  INSUFFICIENT_FUNDS = 'INSUFFICIENT_FUNDS',
  PAYOUT_ACCOUNT_MISSING = 'PAYOUT_ACCOUNT_MISSING',
  IDEMPOTENCY_MISMATCH = 'IDEMPOTENCY_MISMATCH',
}

registerEnumType(WalletRefusalCode, {
  name: 'WalletRefusalCode',
  description: 'Why a wallet did not change.',
  valuesConfig: {
    CARD_DECLINED: { description: 'The card did not pay: try another, with a new idempotency key.' },
    METHOD_NOT_FOUND: { description: 'There is no such payment method, or it is not yours.' },
    METHOD_REMOVED: { description: 'The payment method was removed.' },
    METHOD_EXPIRED: { description: 'The saved card has expired.' },
    EMAIL_NOT_VERIFIED: {
      description: 'Who takes money out has proven that their e-mail address is theirs.',
    },
    PAYOUT_ACCOUNT_MISSING: {
      description: 'Say first where it should go, with `setPayoutAccount`.',
    },
    INSUFFICIENT_FUNDS: {
      description: 'The wallet holds less than was asked for, once what is owed has been made good.',
    },
    IDEMPOTENCY_MISMATCH: { description: 'The idempotency key was used before, with other input.' },
  },
});

@ObjectType({ implements: Refusal, description: 'Why a wallet did not change.' })
export class WalletRefusal extends Refusal {
  readonly __typename = 'WalletRefusal';

  @Field(() => WalletRefusalCode, { description: 'The reason, to act on.' })
  code!: `${WalletRefusalCode}`;
}

export const WalletResult = createUnionType({
  name: 'WalletResult',
  description: 'The wallet as it is now, or why it did not change.',
  types: () => [Wallet, WalletRefusal] as const,
  resolveType,
});

const messages: Record<Reason, string> = {
  CARD_DECLINED: 'The card was declined. Try another card, with a new idempotency key.',
  METHOD_NOT_FOUND: 'There is no such payment method, or it is not yours.',
  METHOD_REMOVED: 'This payment method was removed. Pay with another.',
  METHOD_EXPIRED: 'This card has expired. Pay with another.',
  EMAIL_NOT_VERIFIED: 'The e-mail address of this account is not verified. Verify it first.',
  PAYOUT_ACCOUNT_MISSING: 'Nobody has said where it should go. Set a payout account first.',
  INSUFFICIENT_FUNDS:
    'The wallet holds less than that, once what you owe is made good: see `Wallet.owed`. Ask for less, or top it up first.',
  IDEMPOTENCY_MISMATCH: 'This idempotency key was used with other input. Choose a new key for a new wish.',
};

export const showOutcome = (outcome: WalletOutcome): Wallet | WalletRefusal =>
  outcome.ok
    ? showWallet(outcome.wallet)
    : { __typename: 'WalletRefusal', code: outcome.refusal, message: messages[outcome.refusal] };
