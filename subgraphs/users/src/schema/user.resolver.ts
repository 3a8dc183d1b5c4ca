import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { Context } from './context.ts';
import { readEmail } from './read-input.ts';
import { UserType } from './user.type.ts';

/** The viewer's own account, and whose an address is. */
@Resolver()
export class UserResolver {
  @Query(() => UserType, { nullable: true, description: 'Who is signed in; null when nobody is.' })
  async me(@Ctx() { viewer, loaders }: Context): Promise<UserType | null> {
    const user = viewer.id === null ? null : await loaders.users.load(viewer.id);
    return user?.state === 'DELETED' ? null : user;
  }

  @Query(() => UserType, {
    nullable: true,
    description: 'The account with an e-mail address; null when there is none. For administrators.',
  })
  userByEmail(
    @Arg('email', () => String, { description: 'As registered; capitals do not matter.' }) email: string,
    @Ctx() { app }: Context,
  ): Promise<UserType | null> {
    return app.findUserByEmail(readEmail(email, 'email'));
  }
}
