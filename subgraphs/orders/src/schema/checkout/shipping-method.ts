import { badUserInput } from '@emporium/subgraph';
import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import type { UserId } from '../../application/ports.ts';
import type { ShippingMethod } from '../../domain/checkout/rules.ts';

export const ShippingMethodEnum = { ECONOMY: 'ECONOMY', STANDARD: 'STANDARD', EXPRESS: 'EXPRESS' } as const;

registerEnumType(ShippingMethodEnum, {
  name: 'ShippingMethod',
  description: 'How a seller sends.',
  valuesConfig: {
    ECONOMY: { description: 'Cheap rather than fast.' },
    STANDARD: { description: 'What is taken when nobody asks for another.' },
    EXPRESS: { description: 'Fast rather than cheap.' },
  },
});

@InputType({ description: 'How one seller is to send.' })
export class SellerShippingMethodInput {
  @Field(() => ID, { description: 'The seller; one who has nothing in the cart is without effect.' })
  sellerId!: string;

  @Field(() => ShippingMethodEnum, { description: 'One of the seller’s `options` in the quote.' })
  method!: ShippingMethod;
}

/** As many sellers as a cart could have. */
const mostSellers = 2000;

/** Checks what a client could have checked alone: every seller once. */
export const readShippingMethods = (
  wishes: readonly SellerShippingMethodInput[] | null | undefined,
): ReadonlyMap<UserId, ShippingMethod> => {
  const methods = new Map((wishes ?? []).map(({ sellerId, method }) => [sellerId as UserId, method]));
  if (methods.size < (wishes?.length ?? 0))
    throw badUserInput('`shippingMethods` must name each seller once.', 'input.shippingMethods');
  if (methods.size > mostSellers)
    throw badUserInput('`shippingMethods` may name 2,000 sellers.', 'input.shippingMethods');
  return methods;
};
