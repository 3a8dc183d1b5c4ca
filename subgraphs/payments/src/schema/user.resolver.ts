import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from './context.ts';
import { User } from './user.type.ts';
import { showWallet, Wallet } from './wallet.type.ts';

/** What payments adds to an account. */
@Resolver(() => User)
export class UserResolver {
  @FieldResolver(() => Wallet, {
    nullable: true,
    description: 'Your money in GBP; null for anyone but yourself and ADMIN.',
  })
  async wallet(@Root() { id }: User, @Ctx() { loaders }: Context): Promise<Wallet | null> {
    const [first] = (await loaders.walletsByUser.load(id)) ?? [];
    return first ? showWallet(first) : null;
  }

  @FieldResolver(() => [Wallet], {
    nullable: true,
    description: 'Your money in every currency, GBP first; null for anyone but yourself and ADMIN.',
  })
  async wallets(@Root() { id }: User, @Ctx() { loaders }: Context): Promise<Wallet[] | null> {
    return (await loaders.walletsByUser.load(id))?.map(showWallet) ?? null;
  }
}
