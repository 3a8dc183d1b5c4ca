import { MoneyInput } from '@emporium/subgraph';
import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import { DisputeReason, DisputeStatus } from './dispute.type.ts';

@InputType({ description: 'What a buyer holds against a shipment.' })
export class OpenDisputeInput {
  @Field(() => ID, { description: 'A shipment that you paid for, and whose money is still held.' })
  shipmentId!: string;

  @Field(() => DisputeReason, { description: 'What is wrong.' })
  reason!: DisputeReason;

  @Field(() => String, {
    nullable: true,
    description: 'More about it, at most 2,000 characters: for those who decide.',
  })
  note!: string | null | undefined;

  @Field(() => String, {
    description:
      'Chosen by the client, 1 to 100 characters, new for each wish: sending it again gives the same dispute again.',
  })
  idempotencyKey!: string;
}

export enum DisputeParty {
  BUYER = 'BUYER',
  SELLER = 'SELLER',
}

registerEnumType(DisputeParty, {
  name: 'DisputeParty',
  description: 'One of the two who disagree.',
  valuesConfig: {
    BUYER: { description: 'Who paid.' },
    SELLER: { description: 'Who sent it, or did not.' },
  },
});

@InputType({ description: 'How a dispute ends.' })
export class DecideDisputeInput {
  @Field(() => ID, { description: 'An open dispute.' })
  disputeId!: string;

  @Field(() => DisputeParty, { description: 'BUYER: money goes back. SELLER: the seller is paid.' })
  inFavourOf!: DisputeParty;

  @Field(() => MoneyInput, {
    nullable: true,
    description:
      'With BUYER only: how much goes back, above zero and at most what is held; the rest goes to the seller. All of it without.',
  })
  refund!: MoneyInput | null | undefined;
}

@InputType({ description: 'Which disputes.' })
export class SellerDisputeFilter {
  @Field(() => [DisputeStatus], { nullable: true, description: 'In one of these; in any, without.' })
  status!: DisputeStatus[] | null | undefined;
}

@InputType({ description: 'Which disputes, of all that there are.' })
export class DisputeFilter extends SellerDisputeFilter {
  @Field(() => ID, { nullable: true, description: 'About this order.' })
  orderId!: string | null | undefined;

  @Field(() => ID, { nullable: true, description: 'Against this seller.' })
  sellerId!: string | null | undefined;
}
