import { isSignedIn, readOptionalKey, unauthenticated } from '@emporium/subgraph';
import { guestOf, nobody } from '../domain/guest.ts';
import type { Onlooker } from '../domain/may-read.ts';
import type { Actor } from '../domain/order-command.ts';
import { actorOf, type Context, onlookerOf } from './context.ts';
import { createLoaders, type Loaders } from './loaders.ts';

/** By whose right somebody reads and moves an order. */
export type OrderHolder = {
  readonly actor: Actor;
  readonly onlooker: Onlooker;
  readonly loaders: Pick<Loaders, 'order' | 'forget'>;
  readonly byToken: boolean;
};

/**
 * Whose order is meant: one's own, or the guest's whose token is sent. A token that opens none makes one nobody, to whom no
 * order is known. UNAUTHENTICATED without either.
 */
export const orderHolderOf = async (
  { app, viewer, loaders }: Context,
  orderToken: string | null | undefined,
): Promise<OrderHolder> => {
  const token = readOptionalKey(orderToken, 'orderToken');
  if (token !== null) {
    const orderId = await app.guestOrder(token);
    const id = orderId === null ? nobody : guestOf(orderId);
    const onlooker = { id, readsAll: false };
    const own = createLoaders(app.reads, onlooker);
    const forget = () => {
      loaders.forget();
      own.forget();
    };
    return {
      actor: { id, isAdmin: false },
      onlooker,
      loaders: { order: own.order, forget },
      byToken: true,
    };
  }
  if (!isSignedIn(viewer))
    throw unauthenticated(
      'Sign in first, or send the `orderToken` of an order that was placed without an account.',
    );
  return { actor: actorOf(viewer), onlooker: onlookerOf(viewer), loaders, byToken: false };
};
