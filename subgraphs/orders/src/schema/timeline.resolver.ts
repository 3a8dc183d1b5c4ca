import { FieldResolver, Resolver, Root } from 'type-graphql';
import { UserStub } from './stubs.type.ts';
import { OrderTimelineEntryType } from './timeline.type.ts';

/** Translates GraphQL to use cases and back. Knows no rule, no table, no broker. */
@Resolver(() => OrderTimelineEntryType)
export class TimelineEntryResolver {
  @FieldResolver(() => UserStub, {
    nullable: true,
    description:
      'Who did it; null for SYSTEM and where it was not kept. Which administrator or which person of a shop it was, only SUPPORT, administrators and they themselves see.',
  })
  user(@Root() { userId }: OrderTimelineEntryType): UserStub | null {
    return userId === null ? null : { id: userId };
  }
}
