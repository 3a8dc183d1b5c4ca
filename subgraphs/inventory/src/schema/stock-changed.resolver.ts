import { notFound } from '@emporium/subgraph';
import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql';
import { actorOf, type Context } from './context.ts';
import { ProductVariant } from './product-variant.type.ts';
import { readVariantId } from './read-id.ts';

type SubscribeCall = { readonly args: { readonly variantId: string }; readonly context: Context };

/** A variant's stock, live. */
@Resolver()
export class StockChangedResolver {
  @Subscription(() => ProductVariant, {
    description:
      'The variant at once, and again whenever its availability has changed; changes in quick succession come as one.',
    subscribe: async ({ args, context }) => {
      const { app, viewer }: SubscribeCall['context'] = context;
      const variantId = readVariantId(args.variantId);
      const feed = variantId && (await app.watchStock(variantId, actorOf(viewer)));
      if (!feed) throw notFound('variant');
      return feed;
    },
  })
  stockChanged(
    @Arg('variantId', () => ID, { description: 'The variant to watch.' }) _variantId: string,
    @Root() id: string,
  ): ProductVariant {
    return { id };
  }
}
