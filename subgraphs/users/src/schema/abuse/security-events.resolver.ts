import { afterArgument, firstArgument, toConnection } from '@emporium/subgraph';
import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import {
  allEvents,
  type SecurityEventFilter as Filter,
  type SecurityEventView,
} from '../../application/abuse/list-security-events.ts';
import type { Context } from '../context.ts';
import { UserType } from '../user.type.ts';
import { readEventsPage, readFilter } from './read-security-events.ts';
import { SecurityEventConnection, SecurityEventFilter, SecurityEventType } from './security-event.type.ts';

type Wanted = { readonly first: number | null; readonly after: string | null | undefined };

const listEvents = async ({ app }: Context, filter: Filter, { first, after }: Wanted) => {
  const { page, before } = readEventsPage(first, after);
  const rows = await app.listSecurityEvents(filter, { limit: page.limit + 1, before });
  return toConnection(rows, page, ({ at, id }) => [at, id], showEvent);
};

const showEvent = ({ detail, ...event }: SecurityEventView): SecurityEventType => ({
  ...event,
  user: null,
  detail: Object.entries(detail).map(([name, value]) => ({ name, value: String(value) })),
});

/** What happened to everybody's accounts. */
@Resolver(() => SecurityEventType)
export class SecurityEventsResolver {
  @Query(() => SecurityEventConnection, {
    description: 'What happened to accounts, newest first: for administrators.',
  })
  securityEvents(
    @Arg('first', () => Int, firstArgument) first: number | null,
    @Arg('after', () => String, afterArgument) after: string | null | undefined,
    @Arg('filter', () => SecurityEventFilter, { nullable: true, description: 'Which of them.' })
    filter: SecurityEventFilter | null | undefined,
    @Ctx() context: Context,
  ): Promise<SecurityEventConnection> {
    return listEvents(context, readFilter(filter), { first, after });
  }

  @FieldResolver(() => UserType, { nullable: true })
  user(
    @Root() { userId }: SecurityEventType,
    @Ctx() { loaders }: Context,
  ): Promise<UserType | null> | null {
    return userId === null ? null : loaders.users.load(userId);
  }
}

/** What happened to one's own account. */
@Resolver(() => UserType)
export class OwnSecurityEventsResolver {
  @FieldResolver(() => SecurityEventConnection, {
    nullable: true,
    description: 'What happened to their account, newest first; null unless it is you or you are ADMIN.',
  })
  securityEvents(
    @Root() { id }: UserType,
    @Arg('first', () => Int, firstArgument) first: number | null,
    @Arg('after', () => String, afterArgument) after: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<SecurityEventConnection> {
    return listEvents(context, { ...allEvents, userId: id }, { first, after });
  }
}
