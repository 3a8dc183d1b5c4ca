import { connectionOf, MoneyType, showMoney } from '@emporium/subgraph';
import { Field, ObjectType } from 'type-graphql';
import type { ClaimView } from '../../application/views.ts';
import { User } from '../user.type.ts';

@ObjectType({
  description:
    'What somebody owes the marketplace: it gave back for them what they had spent already. Made good out of what comes into their wallet next.',
})
export class Claim {
  @Field(() => User, { description: 'Who owes it.' })
  user!: User;

  @Field(() => MoneyType, { description: 'How much is left of it, above zero.' })
  owed!: MoneyType;
}

@ObjectType({ description: 'A page of Claim.' })
export class ClaimConnection extends connectionOf('Claim', () => Claim) {}

export const showClaim = ({ userId, owed }: ClaimView): Claim => ({
  user: { id: userId },
  owed: showMoney(owed),
});
