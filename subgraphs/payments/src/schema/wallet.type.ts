import { DateTimeScalar, MoneyType, showMoney } from '@emporium/subgraph';
import { Field, ID, ObjectType } from 'type-graphql';
import type { TopUpView, WalletView } from '../application/views.ts';
import { PaymentAction, showAction } from './payment-action.type.ts';

@ObjectType({ description: 'Money that is being paid in from a card, and not there yet.' })
export class PendingTopUp {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => MoneyType, { description: 'How much.' })
  amount!: MoneyType;

  @Field(() => DateTimeScalar, { description: 'When it was asked for.' })
  at!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What `topUpWallet` was sent with; null for anyone but the owner.',
  })
  idempotencyKey!: string | null;

  @Field(() => PaymentAction, {
    nullable: true,
    description:
      'What the card’s owner must do first, because their bank asks for it. Null while there is nothing to do, and for anyone but the owner.',
  })
  nextAction!: PaymentAction | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Until when `nextAction` is to be done; after that it is CARD_DECLINED, and nothing is taken. Null where nothing is to be done.',
  })
  answerBy!: string | null;

  /** Whose it is; not a field. */
  userId!: string;
}

const showTopUp = ({ amount, nextAction, ...topUp }: TopUpView): PendingTopUp => ({
  ...topUp,
  amount: showMoney(amount),
  nextAction: nextAction && showAction(nextAction),
});

@ObjectType({ description: "A user's money in one currency." })
export class Wallet {
  readonly __typename = 'Wallet';

  @Field(() => MoneyType, {
    description:
      'What can be spent or withdrawn now, but for what is `owed`: that is made good out of it first.',
  })
  balance!: MoneyType;

  @Field(() => MoneyType, {
    description:
      'What is on its way and can be neither spent nor withdrawn: escrow of shipments sold, before commission and disputed or not, and top-ups that are not confirmed yet.',
  })
  pending!: MoneyType;

  @Field(() => MoneyType, {
    description:
      'What the marketplace gave back to buyers of sales that you had been paid for, while your wallet was short of it. It is taken from what comes in next.',
  })
  owed!: MoneyType;

  @Field(() => [PendingTopUp], {
    description:
      'Top-ups that are not confirmed yet, the newest first, 20 at most; one may wait for its `nextAction`. Confirmed, it is an entry, and `walletChanged` tells; declined, it is in neither.',
  })
  pendingTopUps!: PendingTopUp[];

  /** What its resolvers know it by; not a field. */
  view!: WalletView;
}

export const showWallet = (view: WalletView): Wallet => ({
  __typename: 'Wallet',
  balance: showMoney(view.balance),
  pending: showMoney(view.pending),
  owed: showMoney(view.owed),
  pendingTopUps: view.topUps.map(showTopUp),
  view,
});
