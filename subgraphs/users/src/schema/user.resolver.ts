import { Ctx, Query, Resolver } from 'type-graphql';
import type { Context } from './context.ts';
import { UserType } from './user.type.ts';

/** The viewer's own account. */
@Resolver()
export class UserResolver {
  @Query(() => UserType, { nullable: true, description: 'Who is signed in; null when nobody is.' })
  me(@Ctx() { viewer, loaders }: Context): Promise<UserType | null> | null {
    return viewer.id === null ? null : loaders.users.load(viewer.id);
  }
}
