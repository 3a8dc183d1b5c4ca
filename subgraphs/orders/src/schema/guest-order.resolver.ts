import { readKey, requireSignedIn, resolveType, unauthenticated } from '@emporium/subgraph';
import { Arg, Ctx, createUnionType, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { UserId } from '../application/ports.ts';
import type { OrderView } from '../application/reads.ts';
import type { Context } from './context.ts';
import { OrderType } from './order.type.ts';
import { present } from './present.ts';
import { ClaimOrderRefusal, claimOrderRefusal } from './refusals.type.ts';

const ClaimOrderResult = createUnionType({
  name: 'ClaimOrderResult',
  description: 'The order, yours now, or why it is not.',
  types: () => [OrderType, ClaimOrderRefusal] as const,
  resolveType,
});

/** Translates GraphQL to use cases and back. Knows no rule, no table, no broker. */
@Resolver(() => OrderType)
export class GuestOrderResolver {
  @Mutation(() => ClaimOrderResult, {
    description:
      'Makes an order that was placed without an account yours: it is in your orders from then on, and its token opens nothing any more. The same again changes nothing.',
  })
  async claimOrder(
    @Arg('orderToken', () => String, { description: 'The `orderToken` that came with the order.' })
    orderToken: string,
    @Ctx() context: Context,
  ) {
    const buyerId = requireSignedIn(context.viewer).id as UserId;
    const outcome = await context.app.claimOrder(buyerId, readKey(orderToken, 'orderToken'));
    if (outcome.ok) return present(outcome.orderId, context);
    if (outcome.refusal === 'GONE') throw unauthenticated('This account is gone. Register a new one.');
    return claimOrderRefusal(outcome.refusal);
  }

  @Mutation(() => Boolean, {
    description:
      'Erases who you are from an order that you placed without an account: e-mail address, shipping address, and its token. What has not been sent is called off, and the money goes back. False when the token opens no order.',
  })
  async eraseGuestOrder(
    @Arg('orderToken', () => String, { description: 'The `orderToken` that came with the order.' })
    orderToken: string,
    @Ctx() { app }: Context,
  ): Promise<boolean> {
    return app.forgetGuest(readKey(orderToken, 'orderToken'));
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Where the guest who placed it can be written to, for them and ADMIN; null for orders of accounts, and once it has been erased.',
  })
  async guestEmail(@Root() { id }: OrderView, @Ctx() { loaders }: Context) {
    return loaders.guestEmail.load(id);
  }
}
