import { connectionOf, DateTimeScalar, Refusal, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, ID, ObjectType, registerEnumType } from 'type-graphql';

@ObjectType('Session', { description: 'One sign-in of yours, wherever it was.' })
export class SessionType {
  readonly __typename = 'Session';

  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What the client that signed in said it is: its user agent. Null when it did not say.',
  })
  device!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The network that it signed in from: an IPv4 address, or the /64 of an IPv6 address.',
  })
  address!: string | null;

  @Field(() => DateTimeScalar, { description: 'When it signed in.' })
  startedAt!: string;

  @Field(() => DateTimeScalar, { description: 'When it last signed in or refreshed its session.' })
  lastUsedAt!: string;

  @Field(() => Boolean, { description: 'Whether it is the one that asks.' })
  isCurrent!: boolean;
}

@ObjectType({ description: 'A page of Session.' })
export class SessionConnection extends connectionOf('Session', () => SessionType) {}

export enum SessionRefusalCode {
  NOT_FOUND = 'NOT_FOUND',
}

registerEnumType(SessionRefusalCode, {
  name: 'SessionRefusalCode',
  description: 'Why no session was ended.',
  valuesConfig: { NOT_FOUND: { description: 'You have no such session, or it has ended.' } },
});

@ObjectType({ implements: Refusal, description: 'Why no session was ended.' })
export class SessionRefusal extends Refusal {
  readonly __typename = 'SessionRefusal';

  @Field(() => SessionRefusalCode, { description: 'What to act on.' })
  code!: SessionRefusalCode;
}

export const SessionResult = createUnionType({
  name: 'SessionResult',
  description: 'The session that has ended, or why none did.',
  types: () => [SessionType, SessionRefusal] as const,
  resolveType,
});
