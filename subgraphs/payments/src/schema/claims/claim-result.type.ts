import { Refusal, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, ObjectType, registerEnumType } from 'type-graphql';
import type { WriteOffOutcome, WriteOffRefusal } from '../../application/write-off-claim.ts';
import { ClaimWriteOff, showWriteOff } from './claim-write-off.type.ts';

/** Why nothing was written off. */
export enum ClaimRefusalCode {
  NOTHING_OWED = 'NOTHING_OWED',
  MORE_THAN_OWED = 'MORE_THAN_OWED',
  IDEMPOTENCY_MISMATCH = 'IDEMPOTENCY_MISMATCH',
}

registerEnumType(ClaimRefusalCode, {
  name: 'ClaimRefusalCode',
  description: 'Why nothing was written off.',
  valuesConfig: {
    NOTHING_OWED: { description: 'Nobody of that id owes anything in that currency.' },
    MORE_THAN_OWED: { description: 'Less is owed than was to be written off.' },
    IDEMPOTENCY_MISMATCH: { description: 'The idempotency key was used before, with other input.' },
  },
});

@ObjectType({ implements: Refusal, description: 'Why nothing was written off.' })
export class ClaimRefusal extends Refusal {
  readonly __typename = 'ClaimRefusal';

  @Field(() => ClaimRefusalCode, { description: 'The reason, to act on.' })
  code!: `${ClaimRefusalCode}`;
}

export const ClaimWriteOffResult = createUnionType({
  name: 'ClaimWriteOffResult',
  description: 'What was written off, or why nothing was.',
  types: () => [ClaimWriteOff, ClaimRefusal] as const,
  resolveType,
});

const messages: Record<WriteOffRefusal, string> = {
  NOTHING_OWED: 'Nothing is owed in this currency; what was owed may have been made good.',
  MORE_THAN_OWED: 'Less than that is owed: look at what is left, and write off no more.',
  IDEMPOTENCY_MISMATCH: 'This idempotency key was used with other input. Choose a new key for a new wish.',
};

export const showOutcome = (outcome: WriteOffOutcome): ClaimWriteOff | ClaimRefusal =>
  outcome.ok
    ? showWriteOff(outcome.writeOff, outcome.wallet)
    : { __typename: 'ClaimRefusal', code: outcome.refusal, message: messages[outcome.refusal] };
