import { Ctx, Query, Resolver } from 'type-graphql';
import type { Context } from './context.ts';
import { UserType } from './user.type.ts';

/** The viewer's own account. */
@Resolver()
export class UserResolver {
  @Query(() => UserType, { nullable: true, description: 'Who is signed in; null when nobody is.' })
  async me(@Ctx() { viewer, loaders }: Context): Promise<UserType | null> {
    const user = viewer.id === null ? null : await loaders.users.load(viewer.id);
    return user?.state === 'DELETED' ? null : user;
  }
}
