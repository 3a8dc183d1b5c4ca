import { MoneyType, showMoney } from '@emporium/subgraph';
import { Field, ObjectType } from 'type-graphql';
import type { WalletView } from '../application/views.ts';

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

  /** What its resolvers know it by; not a field. */
  view!: WalletView;
}

export const showWallet = (view: WalletView): Wallet => ({
  __typename: 'Wallet',
  balance: showMoney(view.balance),
  pending: showMoney(view.pending),
  owed: showMoney(view.owed),
  view,
});
