import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from './context.ts';
import { PaymentMethod, showMethod } from './methods/payment-method.type.ts';
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

  @FieldResolver(() => [PaymentMethod], {
    nullable: true,
    description:
      'The cards that you keep, 20 at most, the default first and then the last added first; null for anyone but yourself.',
  })
  async paymentMethods(@Root() { id }: User, @Ctx() { loaders }: Context): Promise<PaymentMethod[] | null> {
    return (await loaders.paymentMethodsByUser.load(id))?.map(showMethod) ?? null;
  }

  @FieldResolver(() => [Wallet], {
    nullable: true,
    description: 'Your money in every currency, GBP first; null for anyone but yourself and ADMIN.',
  })
  async wallets(@Root() { id }: User, @Ctx() { loaders }: Context): Promise<Wallet[] | null> {
    return (await loaders.walletsByUser.load(id))?.map(showWallet) ?? null;
  }
}
