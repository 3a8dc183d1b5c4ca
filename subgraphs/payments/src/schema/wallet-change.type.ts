import { DateTimeScalar, MoneyType } from '@emporium/subgraph';
import { Field, ObjectType } from 'type-graphql';
import { Order } from './order.type.ts';
import { Wallet } from './wallet.type.ts';
import { WalletEntry, WalletEntryKind } from './wallet-entry.type.ts';

const notAtFirst = 'null in a first event that only says where the wallets stand.';

@ObjectType({ description: 'Money came into one of your wallets, or went out.' })
export class WalletChange {
  @Field(() => String, {
    description:
      'Opaque: where this stands among all changes of your wallets. Pass the last one to resume.',
  })
  sequence!: string;

  @Field(() => WalletEntryKind, { nullable: true, description: `Why the money moved; ${notAtFirst}` })
  kind!: `${WalletEntryKind}` | null;

  @Field(() => MoneyType, {
    nullable: true,
    description: `How much: positive came in, negative went out; ${notAtFirst}`,
  })
  amount!: MoneyType | null;

  @Field(() => DateTimeScalar, { nullable: true, description: `When it was booked; ${notAtFirst}` })
  at!: string | null;

  @Field(() => Order, { nullable: true, description: 'The order that it belongs to, if any.' })
  order!: Order | null;

  @Field(() => String, {
    nullable: true,
    description: `The same in a sentence: "Funds released: £50.00 from order …"; ${notAtFirst}`,
  })
  message!: string | null;

  @Field(() => WalletEntry, {
    nullable: true,
    description: `The entry, with its commission; ${notAtFirst}`,
  })
  entry!: WalletEntry | null;

  @Field(() => Wallet, {
    nullable: true,
    description: 'The wallet as it is now, which may be further on; at first the one in GBP.',
  })
  wallet!: Wallet | null;
}
