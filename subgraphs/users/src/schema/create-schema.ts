import { createFederatedSchema, operationsResolvers } from '@emporium/subgraph';
import type { GraphQLSchema } from 'graphql';
import { sellerAsSeenBy } from '../application/sellers/show-seller.ts';
import { OwnSecurityEventsResolver, SecurityEventsResolver } from './abuse/security-events.resolver.ts';
import { AccountResolver } from './accounts/account.resolver.ts';
import { OwnAccountResolver } from './accounts/own-account.resolver.ts';
import { AuthResolver } from './auth.resolver.ts';
import type { Context } from './context.ts';
import { policy } from './policy.ts';
import { AddressResolver } from './profile/address.resolver.ts';
import { AvatarResolver } from './profile/avatar.resolver.ts';
import { PreferencesResolver } from './profile/preferences.resolver.ts';
import { WishlistResolver } from './profile/wishlist.resolver.ts';
import { SecondFactorResolver } from './second-factor/second-factor.resolver.ts';
import { OversightResolver } from './sellers/oversight.resolver.ts';
import { SellerResolver, UsersSellerResolver } from './sellers/seller.resolver.ts';
import { SessionsResolver } from './sessions/sessions.resolver.ts';
import { SignInResolver } from './sign-in/sign-in.resolver.ts';
import { UserResolver } from './user.resolver.ts';

type Reference = { readonly id: string };

/** The subgraph's executable schema. */
export const createSchema = (): Promise<GraphQLSchema> =>
  createFederatedSchema<Context>({
    resolvers: [
      AuthResolver,
      UserResolver,
      AccountResolver,
      OwnAccountResolver,
      AddressResolver,
      PreferencesResolver,
      WishlistResolver,
      AvatarResolver,
      SignInResolver,
      SellerResolver,
      UsersSellerResolver,
      OversightResolver,
      SessionsResolver,
      SecondFactorResolver,
      SecurityEventsResolver,
      OwnSecurityEventsResolver,
      ...operationsResolvers('users'),
    ],
    references: {
      User: ({ id }: Reference, { loaders }) => loaders.users.load(id),
      Seller: async ({ id }: Reference, { loaders, viewer }) =>
        sellerAsSeenBy(viewer, await loaders.sellers.load(id)),
    },
    policy,
  });
