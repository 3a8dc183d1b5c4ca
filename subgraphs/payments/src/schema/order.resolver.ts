import { orderTokenArgument, readOptionalKey, showMoney } from '@emporium/subgraph';
import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from './context.ts';
import { Order } from './order.type.ts';
import { Payment } from './payment.type.ts';
import { showAction } from './payment-action.type.ts';

/** What payments adds to an order. */
@Resolver(() => Order)
export class OrderResolver {
  @FieldResolver(() => Payment, {
    nullable: true,
    description:
      'How it is paid; null until its payment is asked for. For its buyer, SUPPORT and ADMIN; its sellers see their own part, and a guest sends the `orderToken`.',
  })
  async payment(
    @Root() { id }: Order,
    @Arg('orderToken', () => String, orderTokenArgument) token: string | null | undefined,
    @Ctx() { loaders }: Context,
  ): Promise<Payment | null> {
    const orderToken = readOptionalKey(token, 'orderToken');
    const payment = await loaders.payment.load({ orderId: id, orderToken });
    return (
      payment && {
        id: payment.id,
        buyerId: payment.buyerId,
        byToken: orderToken !== null,
        nextAction: payment.nextAction && showAction(payment.nextAction),
        status: payment.status,
        declineReason: payment.declineReason,
        amount: showMoney(payment.amount),
        refunded: showMoney(payment.refunded),
      }
    );
  }
}
