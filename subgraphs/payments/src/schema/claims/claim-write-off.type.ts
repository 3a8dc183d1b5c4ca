import { DateTimeScalar, MoneyType, showMoney } from '@emporium/subgraph';
import { Field, ID, ObjectType } from 'type-graphql';
import type { ClaimWriteOff as Kept } from '../../application/ports.ts';
import type { WalletView } from '../../application/views.ts';
import { showWallet, Wallet } from '../wallet.type.ts';

@ObjectType({ description: 'What ADMIN gave up of what somebody owed the marketplace.' })
export class ClaimWriteOff {
  readonly __typename = 'ClaimWriteOff';

  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => MoneyType, { description: 'How much.' })
  amount!: MoneyType;

  @Field(() => String, { description: 'Why.' })
  reason!: string;

  @Field(() => ID, { description: 'Whose word it was.' })
  writtenOffBy!: string;

  @Field(() => DateTimeScalar, { description: 'When it was written off.' })
  at!: string;

  @Field(() => Wallet, { description: 'The wallet as it is now: `owed` is what is left.' })
  wallet!: Wallet;
}

export const showWriteOff = ({ id, amount, reason, by, at }: Kept, wallet: WalletView): ClaimWriteOff => ({
  __typename: 'ClaimWriteOff',
  id,
  amount: showMoney(amount),
  reason,
  writtenOffBy: by,
  at,
  wallet: showWallet(wallet),
});
