import {
  badUserInput,
  CountryCodeScalar,
  MoneyInput,
  readMoney,
  refuseCardNumber,
} from '@emporium/subgraph';
import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import type { GuestPlacement } from '../application/place-as-guest.ts';
import type { Placement } from '../application/place-order.ts';
import type { Address } from '../application/ports.ts';
import { readCouponCode, readRegion } from './checkout/read-destination.ts';
import { readShippingMethods, SellerShippingMethodInput } from './checkout/shipping-method.ts';
import { readEmail } from './read-email.ts';
import { readIdempotencyKey, readOptionalText, readText } from './read-text.ts';

export const PaymentMethodKind = { CARD: 'CARD', WALLET: 'WALLET' } as const;

registerEnumType(PaymentMethodKind, {
  name: 'PaymentMethodKind',
  description: 'How an order is paid.',
  valuesConfig: {
    CARD: {
      description: 'By card, with a token of the card provider or with a card that the buyer keeps.',
    },
    WALLET: { description: 'From the buyer’s wallet.' },
  },
});

@InputType({ description: 'Where an order goes.' })
export class AddressInput {
  @Field(() => String, { description: 'Who receives it; 1 to 200 characters.' })
  name!: string;

  @Field(() => String, { description: 'Street and number; 1 to 200 characters.' })
  line1!: string;

  @Field(() => String, { nullable: true, description: 'Flat, floor, building; up to 200 characters.' })
  line2?: string | null;

  @Field(() => String, { description: 'Town or city; 1 to 100 characters.' })
  city!: string;

  @Field(() => String, {
    description: 'Postal code, as it is written in that country; 1 to 20 characters.',
  })
  postalCode!: string;

  @Field(() => CountryCodeScalar, { description: 'ISO 3166-1 alpha-2 code.' })
  country!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'A subdivision of the country by its ISO 3166-2 code, such as "CA" or "US-CA", where taxes tell them apart.',
  })
  region?: string | null;
}

@InputType({ description: 'How an order is paid.' })
export class PaymentInput {
  @Field(() => PaymentMethodKind, {
    description: 'CARD needs a `token` or a `paymentMethodId`, and not both; WALLET takes neither.',
  })
  method!: keyof typeof PaymentMethodKind;

  @Field(() => String, {
    nullable: true,
    description:
      'The card provider’s token, up to 200 characters. It is used once; until then nobody but payments can read it.',
  })
  token?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'A card that you keep, of `User.paymentMethods`. Whether it pays is found out when the order is paid: one that is removed or expired by then fails the order, and `Order.payment.declineReason` says so.',
  })
  paymentMethodId?: string | null;
}

@InputType({ description: 'Everything that an order needs beside the cart.' })
export class PlaceOrderInput {
  @Field(() => String, {
    description:
      'Made by the client for this order, 1 to 128 characters. The same key with the same input gives the same order, for ever.',
  })
  idempotencyKey!: string;

  @Field(() => AddressInput, { description: 'Where it goes.' })
  shippingAddress!: AddressInput;

  @Field(() => PaymentInput, { description: 'How it is paid.' })
  payment!: PaymentInput;

  @Field(() => [SellerShippingMethodInput], {
    nullable: true,
    description: 'How sellers are to send; who is not named sends STANDARD, or else the cheapest way.',
  })
  shippingMethods?: SellerShippingMethodInput[] | null;

  @Field(() => String, { nullable: true, description: 'One code; capitals make no difference.' })
  couponCode?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Where you can be written to about this order; needed of who has no account, and not looked at otherwise.',
  })
  email?: string | null;

  @Field(() => MoneyInput, {
    nullable: true,
    description:
      'The total that the buyer saw, of checkoutQuote; when it is another now, nothing is placed.',
  })
  expectedTotal?: MoneyInput | null;
}

/** Checks what a client could have checked alone. */
export const readPlacement = (input: PlaceOrderInput): Placement => ({
  idempotencyKey: readIdempotencyKey(input.idempotencyKey),
  shippingAddress: readAddress(input.shippingAddress),
  payment: readPayment(input.payment),
  shippingMethods: readShippingMethods(input.shippingMethods),
  couponCode: readCouponCode(input.couponCode),
  expectedTotal: input.expectedTotal ? readMoney(input.expectedTotal, 'input.expectedTotal') : null,
});

/** The same of somebody who has no account. */
export const readGuestPlacement = (input: PlaceOrderInput): GuestPlacement => {
  if (!input.email) throw badUserInput('Who has no account gives an `email`.', 'input.email');
  return { ...readPlacement(input), email: readEmail(input.email, 'input.email') };
};

const readAddress = ({ name, line1, line2, city, postalCode, country, region }: AddressInput): Address => ({
  name: readText(name, 200, 'input.shippingAddress.name'),
  line1: readText(line1, 200, 'input.shippingAddress.line1'),
  line2: readOptionalText(line2, 200, 'input.shippingAddress.line2'),
  city: readText(city, 100, 'input.shippingAddress.city'),
  postalCode: readText(postalCode, 20, 'input.shippingAddress.postalCode'),
  country,
  region: readRegion(region, country, 'input.shippingAddress.region'),
});

/** What is charged is always named: there is no card by default. */
const readPayment = ({
  method,
  token = null,
  paymentMethodId = null,
}: PaymentInput): Placement['payment'] => {
  const field = 'input.payment.token';
  if (method === 'WALLET') {
    if (token || paymentMethodId)
      throw badUserInput(
        'Paying from the wallet takes no `token` and no `paymentMethodId`: leave them out.',
        field,
      );
    return { method, token: null, paymentMethodId: null };
  }
  if (paymentMethodId !== null) {
    if (token !== null)
      throw badUserInput(
        'Send a `token` or a `paymentMethodId`, not both.',
        'input.payment.paymentMethodId',
      );
    refuseCardNumber(paymentMethodId, 'input.payment.paymentMethodId');
    const id = readText(paymentMethodId, 64, 'input.payment.paymentMethodId');
    return { method, token: null, paymentMethodId: id };
  }
  if (!token?.trim())
    throw badUserInput(
      'Paying by card needs the `token` that the card provider gave, or the `paymentMethodId` of a card that you keep.',
      field,
    );
  refuseCardNumber(token, field);
  return { method, token: readText(token, 200, field), paymentMethodId: null };
};
