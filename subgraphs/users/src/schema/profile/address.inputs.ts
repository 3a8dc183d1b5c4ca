import { CountryCodeScalar } from '@emporium/subgraph';
import { Field, InputType, registerEnumType } from 'type-graphql';

/** What an address is used for unless another is chosen. */
export enum AddressUse {
  SHIPPING = 'SHIPPING',
  BILLING = 'BILLING',
}

registerEnumType(AddressUse, {
  name: 'AddressUse',
  description: 'What an address is used for unless another is chosen.',
  valuesConfig: {
    SHIPPING: { description: 'Parcels go there.' },
    BILLING: { description: 'Bills go there.' },
  },
});

@InputType({ description: 'An address to save.' })
export class SavedAddressInput {
  @Field(() => String, { description: 'Who receives it, 1 to 100 characters.' })
  name!: string;

  @Field(() => String, { description: 'Street and number, 1 to 100 characters.' })
  line1!: string;

  @Field(() => String, { nullable: true, description: 'Flat, building, company: at most 100 characters.' })
  line2!: string | null;

  @Field(() => String, { description: 'City, town or village, 1 to 100 characters.' })
  city!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'State, province or prefecture, at most 100 characters; needed in AU, BR, CA, CN, IN, MX and US.',
  })
  region!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'As the country writes it; may be left out only in countries that need none.',
  })
  postalCode!: string | null;

  @Field(() => CountryCodeScalar, { description: 'The country.' })
  country!: string;

  @Field(() => String, { nullable: true, description: 'For whoever delivers, such as "+44 113 496 0000".' })
  phone!: string | null;
}
