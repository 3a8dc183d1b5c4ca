import { connectionOf, DateTimeScalar } from '@emporium/subgraph';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { type SecurityEventKind as Kind, securityEventKinds } from '../../application/security-events.ts';
import { UserType } from '../user.type.ts';

const kinds = Object.keys(securityEventKinds) as Kind[];

export const SecurityEventKind = Object.fromEntries(kinds.map((kind) => [kind, kind])) as {
  [Name in Kind]: Name;
};

registerEnumType(SecurityEventKind, {
  name: 'SecurityEventKind',
  description: 'What happened to an account.',
  valuesConfig: Object.fromEntries(
    kinds.map((kind) => [kind, { description: securityEventKinds[kind] }]),
  ) as { [Name in Kind]: { description: string } },
});

@ObjectType('SecurityEventDetail', { description: 'One more thing that is known of a security event.' })
export class SecurityEventDetail {
  @Field(() => String, { description: 'What it is, such as "count".' })
  name!: string;

  @Field(() => String, { description: 'How much, or which.' })
  value!: string;
}

@ObjectType('SecurityEvent', {
  description: 'Something that happened to an account and may have to be looked into. It never changes.',
})
export class SecurityEventType {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => DateTimeScalar, { description: 'When.' })
  at!: string;

  @Field(() => SecurityEventKind, { description: 'What happened.' })
  kind!: Kind;

  @Field(() => UserType, {
    nullable: true,
    description: 'Whose account; null when no account is meant or it is gone.',
  })
  user!: UserType | null;

  @Field(() => String, { nullable: true, description: 'The network address that it came from, if known.' })
  address!: string | null;

  @Field(() => String, { nullable: true, description: 'What the client called itself.' })
  device!: string | null;

  @Field(() => [SecurityEventDetail], { description: 'What else is known: names and counts.' })
  detail!: SecurityEventDetail[];

  /** Not a field: whose account, as an id. */
  userId!: string | null;
}

@ObjectType({ description: 'A page of SecurityEvent.' })
export class SecurityEventConnection extends connectionOf('SecurityEvent', () => SecurityEventType) {}

@InputType({ description: 'Which security events; what is left out does not matter.' })
export class SecurityEventFilter {
  @Field(() => ID, { nullable: true, description: 'Of whose account.' })
  userId!: string | null;

  @Field(() => SecurityEventKind, { nullable: true, description: 'Of what kind.' })
  kind!: Kind | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Not before.' })
  from!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Before.' })
  to!: string | null;
}
