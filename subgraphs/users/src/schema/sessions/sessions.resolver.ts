import { afterArgument, firstArgument, readPage, requireSignedIn, toConnection } from '@emporium/subgraph';
import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { SessionRecord } from '../../domain/session.ts';
import type { Context } from '../context.ts';
import { SessionConnection, SessionRefusalCode, SessionResult, type SessionType } from './session.type.ts';

const showSession = (session: SessionRecord, { viewer }: Context): SessionType => ({
  __typename: 'Session',
  ...session,
  isCurrent: session.id === viewer.session?.id,
});

/** The viewer's own sessions: seeing them, and ending them. */
@Resolver()
export class SessionsResolver {
  @Query(() => SessionConnection, {
    description:
      'Where you are signed in, the latest sign-in first. Sessions that have ended are not shown.',
  })
  async mySessions(
    @Arg('first', () => Int, firstArgument) first: number | null,
    @Arg('after', () => String, afterArgument) after: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<SessionConnection> {
    const { id } = requireSignedIn(context.viewer);
    const page = readPage(first, after, 1);
    const sessions = await context.app.listSessions(id, {
      limit: page.limit + 1,
      after: page.after?.[0] ?? null,
    });
    return toConnection(
      sessions,
      page,
      (session) => [session.id],
      (session) => showSession(session, context),
    );
  }

  @Mutation(() => SessionResult, {
    description:
      'Ends one of your sessions, with the access tokens that it has out; ending your own clears its cookies.',
  })
  async revokeSession(
    @Arg('id', () => ID, { description: 'Of a session in `mySessions`.' }) sessionId: string,
    @Ctx() context: Context,
  ): Promise<typeof SessionResult> {
    const { app, viewer, cookies, origin } = context;
    const { id } = requireSignedIn(viewer);
    const session = await app.revokeSession(id, sessionId, origin);
    if (session === null) {
      return {
        __typename: 'SessionRefusal',
        code: SessionRefusalCode.NOT_FOUND,
        message: 'You have no such session, or it has ended.',
      };
    }
    const ended = showSession(session, context);
    if (ended.isCurrent) cookies.leave();
    return ended;
  }

  @Mutation(() => Boolean, {
    description:
      'Ends all of your sessions, the one that asks included, and clears its cookies. Access tokens already out end within a second.',
  })
  async logoutEverywhere(@Ctx() { app, viewer, cookies, origin }: Context): Promise<boolean> {
    const { id } = requireSignedIn(viewer);
    await app.logOutEverywhere(id, origin);
    cookies.leave();
    return true;
  }
}
