import { CountryCodeScalar } from '@emporium/subgraph';
import { Field, InputType } from 'type-graphql';
import type { CheckoutWish } from '../../application/checkout/price-cart.ts';
import { readCouponCode, readRegion } from './read-destination.ts';
import { readShippingMethods, SellerShippingMethodInput } from './shipping-method.ts';

@InputType({ description: 'Where the cart is to go, and how.' })
export class CheckoutQuoteInput {
  @Field(() => CountryCodeScalar, { description: 'ISO 3166-1 alpha-2 code.' })
  country!: string;

  @Field(() => String, {
    nullable: true,
    description: 'A subdivision of the country by its ISO 3166-2 code, such as "CA" or "US-CA".',
  })
  region?: string | null;

  @Field(() => [SellerShippingMethodInput], {
    nullable: true,
    description: 'How sellers are to send; who is not named sends STANDARD, or else the cheapest way.',
  })
  shippingMethods?: SellerShippingMethodInput[] | null;

  @Field(() => String, { nullable: true, description: 'One code; capitals make no difference.' })
  couponCode?: string | null;
}

/** Checks what a client could have checked alone. */
export const readWish = (input: CheckoutQuoteInput): Omit<CheckoutWish, 'expectedTotal'> => ({
  destination: {
    country: input.country,
    region: readRegion(input.region, input.country, 'input.region'),
  },
  methods: readShippingMethods(input.shippingMethods),
  couponCode: readCouponCode(input.couponCode),
});
