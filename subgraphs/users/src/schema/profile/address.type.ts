import { CountryCodeScalar, Refusal, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, ID, ObjectType, registerEnumType } from 'type-graphql';

@ObjectType('Address', { description: 'A saved address: for its owner and administrators.' })
export class AddressType {
  readonly __typename = 'Address';

  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'Who receives it.' })
  name!: string;

  @Field(() => String, { description: 'Street and number, or what stands for them.' })
  line1!: string;

  @Field(() => String, { nullable: true, description: 'Flat, building, company.' })
  line2!: string | null;

  @Field(() => String, { description: 'City, town or village.' })
  city!: string;

  @Field(() => String, { nullable: true, description: 'State, province or prefecture.' })
  region!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'As the country writes it; null where none is needed.',
  })
  postalCode!: string | null;

  @Field(() => CountryCodeScalar, { description: 'The country.' })
  country!: string;

  @Field(() => String, { nullable: true, description: 'For whoever delivers.' })
  phone!: string | null;

  @Field(() => Boolean, {
    description: 'Whether parcels go here unless another is chosen; one at most does.',
  })
  isDefaultShipping!: boolean;

  @Field(() => Boolean, {
    description: 'Whether bills go here unless another is chosen; one at most does.',
  })
  isDefaultBilling!: boolean;
}

export enum AddressRefusalCode {
  NOT_FOUND = 'NOT_FOUND',
  TOO_MANY_ADDRESSES = 'TOO_MANY_ADDRESSES',
}

registerEnumType(AddressRefusalCode, {
  name: 'AddressRefusalCode',
  description: 'Why an address was not kept or changed.',
  valuesConfig: {
    NOT_FOUND: { description: 'There is no such address, or it is not yours.' },
    TOO_MANY_ADDRESSES: { description: 'You have 50 addresses already: remove one first.' },
  },
});

@ObjectType({ implements: Refusal, description: 'Why an address was not kept or changed.' })
export class AddressRefusal extends Refusal {
  readonly __typename = 'AddressRefusal';

  @Field(() => AddressRefusalCode, { description: 'What to act on.' })
  code!: AddressRefusalCode;
}

export const AddressResult = createUnionType({
  name: 'AddressResult',
  description: 'The address as it is now (as it was, when it was removed), or why nothing was done.',
  types: () => [AddressType, AddressRefusal] as const,
  resolveType,
});
