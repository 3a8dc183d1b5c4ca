import { refuseCardNumberIn, requireSignedIn } from '@emporium/subgraph';
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../context.ts';
import { readIdempotencyKey, readText } from '../read-text.ts';
import { AddPaymentMethodInput } from './payment-method.input.ts';
import { PaymentMethodResult, showOutcome } from './payment-method-result.type.ts';
import { readToken } from './read-card.ts';

const idArgument = { description: 'One of your own payment methods.' };

/** Translates GraphQL to use cases and back. Knows no rule, no table, no card provider. */
@Resolver()
export class PaymentMethodResolver {
  @Mutation(() => PaymentMethodResult, {
    description: 'Keeps a card with the card provider, to pay with it again and again.',
  })
  async addPaymentMethod(
    @Arg('input', () => AddPaymentMethodInput, { description: 'Which card.' })
    { makeDefault, ...input }: AddPaymentMethodInput,
    @Ctx() { app, viewer }: Context,
  ): Promise<typeof PaymentMethodResult> {
    const { id: userId } = requireSignedIn(viewer);
    const token = readToken(input.token);
    const label = input.label == null ? null : readText(input.label, 'label', 50);
    if (label !== null) refuseCardNumberIn(label, 'input.label');
    const idempotencyKey = readIdempotencyKey(input.idempotencyKey);
    const wish = { userId, token, label, makeDefault: makeDefault ?? false, idempotencyKey };
    return showOutcome(await app.addPaymentMethod(wish));
  }

  @Mutation(() => PaymentMethodResult, {
    description: 'Makes a payment method the default, in the place of the one that was.',
  })
  async setDefaultPaymentMethod(
    @Arg('paymentMethodId', () => ID, idArgument) paymentMethodId: string,
    @Ctx() { app, viewer }: Context,
  ): Promise<typeof PaymentMethodResult> {
    const { id: userId } = requireSignedIn(viewer);
    return showOutcome(await app.setDefaultPaymentMethod({ userId, paymentMethodId }));
  }

  @Mutation(() => PaymentMethodResult, {
    description:
      'Forgets a card, here and at the card provider. Where it was the default, the last one added that has not expired follows. An order that it has yet to pay fails. Removing it twice is as good as once.',
  })
  async removePaymentMethod(
    @Arg('paymentMethodId', () => ID, idArgument) paymentMethodId: string,
    @Ctx() { app, viewer }: Context,
  ): Promise<typeof PaymentMethodResult> {
    const { id: userId } = requireSignedIn(viewer);
    return showOutcome(await app.removePaymentMethod({ userId, paymentMethodId }));
  }
}
