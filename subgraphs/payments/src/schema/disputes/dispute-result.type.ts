import { Refusal, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, ObjectType, registerEnumType } from 'type-graphql';
import type { DisputeOutcome, DisputeRefusal as Reason } from '../../application/dispute-outcome.ts';
import { Dispute, showDispute } from './dispute.type.ts';

/** Why nothing came of it. */
export enum DisputeRefusalCode {
  NOT_FOUND = 'NOT_FOUND',
  NOT_PAID = 'NOT_PAID',
  ALREADY_RELEASED = 'ALREADY_RELEASED',
  ALREADY_REFUNDED = 'ALREADY_REFUNDED',
  ALREADY_DISPUTED = 'ALREADY_DISPUTED',
  ALREADY_DECIDED = 'ALREADY_DECIDED',
  MORE_THAN_HELD = 'MORE_THAN_HELD',
  WRONG_CURRENCY = 'WRONG_CURRENCY',
  IDEMPOTENCY_MISMATCH = 'IDEMPOTENCY_MISMATCH',
}

registerEnumType(DisputeRefusalCode, {
  name: 'DisputeRefusalCode',
  description: 'Why a dispute was not opened, withdrawn or decided.',
  valuesConfig: {
    NOT_FOUND: { description: 'There is no such shipment or dispute, or it is not yours.' },
    NOT_PAID: { description: 'No money is held for it, and none was.' },
    ALREADY_RELEASED: { description: 'The seller has the money already.' },
    ALREADY_REFUNDED: { description: 'The money went back already.' },
    ALREADY_DISPUTED: { description: 'It is disputed already.' },
    ALREADY_DECIDED: { description: 'The dispute ended before, and not like this.' },
    MORE_THAN_HELD: { description: 'Less is held than should go back.' },
    WRONG_CURRENCY: { description: 'The shipment was paid in another currency.' },
    IDEMPOTENCY_MISMATCH: { description: 'The idempotency key was used before, with other input.' },
  },
});

@ObjectType({ implements: Refusal, description: 'Why a dispute was not opened, withdrawn or decided.' })
export class DisputeRefusal extends Refusal {
  readonly __typename = 'DisputeRefusal';

  @Field(() => DisputeRefusalCode, { description: 'The reason, to act on.' })
  code!: `${DisputeRefusalCode}`;
}

export const DisputeResult = createUnionType({
  name: 'DisputeResult',
  description: 'The dispute as it is now, or why nothing came of it.',
  types: () => [Dispute, DisputeRefusal] as const,
  resolveType,
});

const messages: Record<Reason, string> = {
  NOT_FOUND: 'There is no such shipment or dispute, or it is not yours.',
  NOT_PAID: 'No money is held for this shipment.',
  ALREADY_RELEASED: 'The seller has the money already. Ask the seller.',
  ALREADY_REFUNDED: 'The money of this shipment went back already.',
  ALREADY_DISPUTED: 'This shipment is disputed already.',
  ALREADY_DECIDED: 'This dispute is over.',
  MORE_THAN_HELD: 'Less than that is held for this shipment.',
  WRONG_CURRENCY: 'This shipment was paid in another currency.',
  IDEMPOTENCY_MISMATCH: 'This idempotency key was used with other input. Choose a new key for a new wish.',
};

export const showOutcome = (outcome: DisputeOutcome): Dispute | DisputeRefusal =>
  outcome.ok
    ? showDispute(outcome.dispute)
    : { __typename: 'DisputeRefusal', code: outcome.refusal, message: messages[outcome.refusal] };
