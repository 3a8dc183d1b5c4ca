import { showMoney } from '@emporium/subgraph';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
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
      'How it is paid; null until its payment is asked for. For its buyer, SUPPORT and ADMIN; its sellers see their own part.',
  })
  async payment(@Root() { id }: Order, @Ctx() { loaders }: Context): Promise<Payment | null> {
    const payment = await loaders.paymentByOrder.load(id);
    return (
      payment && {
        id: payment.id,
        buyerId: payment.buyerId,
        nextAction: payment.nextAction && showAction(payment.nextAction),
        status: payment.status,
        declineReason: payment.declineReason,
        amount: showMoney(payment.amount),
        refunded: showMoney(payment.refunded),
      }
    );
  }
}
