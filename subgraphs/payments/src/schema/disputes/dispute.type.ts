import { connectionOf, DateTimeScalar, MoneyType, showMoney } from '@emporium/subgraph';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { DisputeView } from '../../application/views.ts';
import { Order } from '../order.type.ts';

export enum DisputeReason {
  NOT_RECEIVED = 'NOT_RECEIVED',
  DAMAGED = 'DAMAGED',
  NOT_AS_DESCRIBED = 'NOT_AS_DESCRIBED',
  INCOMPLETE = 'INCOMPLETE',
  OTHER = 'OTHER',
}

registerEnumType(DisputeReason, {
  name: 'DisputeReason',
  description: 'What a buyer holds against a shipment.',
  valuesConfig: {
    NOT_RECEIVED: { description: 'It has not come.' },
    DAMAGED: { description: 'It came broken.' },
    NOT_AS_DESCRIBED: { description: 'It is not what was bought.' },
    INCOMPLETE: { description: 'Something is missing.' },
    OTHER: { description: 'Something else, which the note should say.' },
  },
});

/** How far a dispute has come; the application's words are shorter. */
export enum DisputeStatus {
  OPEN = 'OPEN',
  DECIDED_FOR_BUYER = 'DECIDED_FOR_BUYER',
  DECIDED_FOR_SELLER = 'DECIDED_FOR_SELLER',
  WITHDRAWN = 'WITHDRAWN',
  LAPSED = 'LAPSED',
}

registerEnumType(DisputeStatus, {
  name: 'DisputeStatus',
  description: 'How far a dispute has come.',
  valuesConfig: {
    OPEN: { description: 'The shipment’s money is frozen until an administrator decides.' },
    DECIDED_FOR_BUYER: { description: 'All of the money, or a part, went back to the buyer.' },
    DECIDED_FOR_SELLER: { description: 'The money went to the seller.' },
    WITHDRAWN: { description: 'The buyer thought better of it: the money goes where it would have gone.' },
    LAPSED: {
      description:
        'All of the money went back to the buyer for another reason: nothing was left to decide.',
    },
  },
});

@ObjectType({
  description:
    'A buyer disputes a shipment: its money goes nowhere until that is over, unless it is called off.',
})
export class Dispute {
  readonly __typename = 'Dispute';

  /** Not a field: whose dispute it is. */
  buyerId!: string;

  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => Order, { nullable: true, description: 'The order that the shipment belongs to.' })
  order!: Order | null;

  @Field(() => ID, { description: 'The shipment.' })
  shipmentId!: string;

  @Field(() => DisputeReason, { description: 'What the buyer holds against it.' })
  reason!: `${DisputeReason}`;

  @Field(() => String, {
    nullable: true,
    description:
      'What the buyer said; null where that was nothing or is erased, and for the seller, who is told the reason.',
  })
  note!: string | null;

  @Field(() => DisputeStatus, { description: 'How far it has come.' })
  status!: `${DisputeStatus}`;

  @Field(() => MoneyType, {
    description: 'What goes back to the buyer because of it; nothing while it is open.',
  })
  refunded!: MoneyType;

  @Field(() => MoneyType, {
    description: 'What went to the seller when it ended, before commission; nothing while it is open.',
  })
  released!: MoneyType;

  @Field(() => DateTimeScalar, { description: 'When the buyer opened it.' })
  openedAt!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ended; null while it is open.' })
  endedAt!: string | null;
}

@ObjectType({ description: 'A page of Dispute.' })
export class DisputeConnection extends connectionOf('Dispute', () => Dispute) {}

const statuses = {
  OPEN: 'OPEN',
  BUYER: 'DECIDED_FOR_BUYER',
  SELLER: 'DECIDED_FOR_SELLER',
  WITHDRAWN: 'WITHDRAWN',
  LAPSED: 'LAPSED',
} as const;

export const showDispute = ({ sellerId: _, ...dispute }: DisputeView): Dispute => ({
  __typename: 'Dispute',
  ...dispute,
  order: { id: dispute.orderId },
  status: statuses[dispute.status],
  refunded: showMoney(dispute.refunded),
  released: showMoney(dispute.released),
});

export const readStatus = (wanted: DisputeStatus): DisputeView['status'] => {
  const found = (Object.keys(statuses) as DisputeView['status'][]).find(
    (status) => statuses[status] === wanted,
  );
  if (!found) throw new TypeError(`there is no status ${wanted}`);
  return found;
};
