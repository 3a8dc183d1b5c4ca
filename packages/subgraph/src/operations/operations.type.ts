import {
  createUnionType,
  Directive,
  Field,
  Float,
  ID,
  Int,
  ObjectType,
  registerEnumType,
} from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Refusal } from '../graphql/refusal.type.ts';
import { resolveType } from '../graphql/resolve-type.ts';
import { DateTimeScalar } from '../graphql/scalars.ts';

enum ParkedResolution {
  REPLAYED = 'REPLAYED',
  DISCARDED = 'DISCARDED',
}
registerEnumType(ParkedResolution, {
  name: 'ParkedResolution',
  description: 'What became of a parked message.',
  valuesConfig: {
    REPLAYED: { description: 'It was handled after all.' },
    DISCARDED: { description: 'It was given up: it never has its effect.' },
  },
});

enum OperatorActionKind {
  REPLAY = 'REPLAY',
  DISCARD = 'DISCARD',
  REPUBLISH = 'REPUBLISH',
}
registerEnumType(OperatorActionKind, {
  name: 'OperatorActionKind',
  description: 'What an operator did.',
  valuesConfig: {
    REPLAY: { description: 'Had parked messages handled again.' },
    DISCARD: { description: 'Gave parked messages up.' },
    REPUBLISH: { description: 'Had published messages sent again.' },
  },
});

enum OperationRefusalCode {
  NOTHING_FOUND = 'NOTHING_FOUND',
  TOO_MANY = 'TOO_MANY',
}
registerEnumType(OperationRefusalCode, {
  name: 'OperationRefusalCode',
  description: 'Why nothing was done.',
  valuesConfig: {
    NOTHING_FOUND: { description: 'There is nothing, or nothing any more, to do it with.' },
    TOO_MANY: { description: 'It would be more messages than are sent again at a time.' },
  },
});

@Directive('@shareable')
@ObjectType('ParkedMessage', { description: 'A message that no retry could mend; it waits for a person.' })
export class ParkedMessageType {
  @Field(() => ID, { description: 'Opaque; later ones sort after earlier ones.' })
  id!: string;

  @Field(() => String, {
    description: 'Whose handler would not have it, such as `orders_inventory-reserved`.',
  })
  consumer!: string;

  @Field(() => String, { description: 'The event’s id, the same at all its consumers.' })
  eventId!: string;

  @Field(() => String, { description: 'What it is, such as `emporium.inventory.reserved.v1`.' })
  subject!: string;

  @Field(() => String, { description: 'Why it was parked, the last time.' })
  reason!: string;

  @Field(() => Int, { description: 'How often it was handed to its handler.' })
  attempts!: number;

  @Field(() => DateTimeScalar, { description: 'When it was parked first.' })
  parkedAt!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Since when it waits to be handled again; null when nobody asked, and after each try.',
  })
  replayAskedAt!: Date | null;

  @Field(() => ParkedResolution, {
    nullable: true,
    description: 'What became of it; null while it waits for a person.',
  })
  resolution!: `${ParkedResolution}` | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When that was.' })
  resolvedAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'What it belongs to: through a purchase the order’s id. Null where it does not say.',
  })
  correlationId!: string | null;

  @Field(() => String, { nullable: true, description: 'The id of the event that it follows from, if any.' })
  causationId!: string | null;

  @Field(() => String, { nullable: true, description: 'The trace that it belongs to, by W3C, if any.' })
  traceparent!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'All that it says, as JSON; tokens are hidden. Null for what was no JSON.',
  })
  envelope!: string | null;
}

export const ParkedMessageConnection = connectionOf('ParkedMessage', () => ParkedMessageType, '@shareable');

@Directive('@shareable')
@ObjectType('OutboxState', { description: 'How far a subgraph is with telling what happened.' })
export class OutboxStateType {
  @Field(() => Int, {
    description: 'Messages that the broker has not acknowledged; 100,000 stands for more, too.',
  })
  waiting!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'For how many seconds the oldest of them has waited; null when none waits.',
  })
  oldestSeconds!: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the latest one was acknowledged.' })
  lastPublishedAt!: Date | null;

  @Field(() => Boolean, {
    description: 'Whether some replica’s relay leads; without a leader nothing is sent.',
  })
  hasLeader!: boolean;
}

@Directive('@shareable')
@ObjectType('ConsumerState', {
  description: 'How far a consumer is with what it hears, by the broker’s count.',
})
export class ConsumerStateType {
  @Field(() => String, { description: 'Its durable name, such as `orders_inventory-reserved`.' })
  name!: string;

  @Field(() => String, { description: 'What it hears.' })
  subject!: string;

  @Field(() => Int, { description: 'Messages that it was not given yet.' })
  pending!: number;

  @Field(() => Int, { description: 'Messages that it has, and has not ended.' })
  ackPending!: number;

  @Field(() => Int, { description: 'Of those, given to it more than once.' })
  redelivered!: number;
}

@Directive('@shareable')
@ObjectType('OperatorAction', {
  description: 'What an operator did to a subgraph’s messages; it is never changed.',
})
export class OperatorActionType {
  @Field(() => ID, { description: 'Opaque; later ones sort after earlier ones.' })
  id!: string;

  @Field(() => OperatorActionKind, { description: 'What was done.' })
  kind!: `${OperatorActionKind}`;

  @Field(() => ID, { description: 'The id of the user who did it.' })
  actorId!: string;

  @Field(() => String, { description: 'Why, in their words.' })
  reason!: string;

  @Field(() => String, {
    description: 'Which messages were meant: their ids, their consumer, or when they were published.',
  })
  target!: string;

  @Field(() => Int, { description: 'How many they were.' })
  messages!: number;

  @Field(() => DateTimeScalar, { description: 'When.' })
  at!: Date;
}

export const OperatorActionConnection = connectionOf(
  'OperatorAction',
  () => OperatorActionType,
  '@shareable',
);

@Directive('@shareable')
@ObjectType({ implements: Refusal, description: 'Why nothing was done.' })
class OperationRefusal extends Refusal {
  @Field(() => OperationRefusalCode, { description: 'The reason, to act on.' })
  code!: `${OperationRefusalCode}`;
}

export const OperatorActionResult = createUnionType({
  name: 'OperatorActionResult',
  description: 'What was done, or why nothing was.',
  types: () => [OperatorActionType, OperationRefusal] as const,
  resolveType,
});

/** A refusal with its words. */
export const operationRefusal = (code: `${OperationRefusalCode}`, message: string) => ({
  __typename: 'OperationRefusal' as const,
  code,
  message,
});

/** Its fields are read by `operations.resolver.ts`. */
@Directive('@shareable')
@ObjectType('SubgraphOperations', {
  description: 'What an operator sees of one subgraph: what goes out, what comes in, and what is stuck.',
})
export class SubgraphOperationsType {
  @Field(() => String, { description: 'The subgraph’s name.' })
  name!: string;
}
