import { connectionOf, DateTimeScalar, entityDescriptions } from '@emporium/subgraph';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { UserView } from '../../application/show-user.ts';

export enum SellerStatus {
  PENDING = 'PENDING',
  ACTIVE = 'ACTIVE',
  SUSPENDED = 'SUSPENDED',
  REJECTED = 'REJECTED',
}

registerEnumType(SellerStatus, {
  name: 'SellerStatus',
  description: 'Where a seller stands.',
  valuesConfig: {
    PENDING: { description: 'Has applied; an administrator has not decided yet.' },
    ACTIVE: { description: 'Sells.' },
    SUSPENDED: {
      description:
        'May not sell until reinstated. What was ordered before goes on: it is shipped and paid.',
    },
    REJECTED: { description: 'The application was turned down; there may be another.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType('Seller', { description: entityDescriptions.Seller })
export class SellerType {
  readonly __typename = 'Seller';

  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'The name of the shop.' })
  displayName!: string;

  @Field(() => SellerStatus, {
    nullable: true,
    description: 'Where the seller stands: for themself and administrators, else null.',
  })
  status!: `${SellerStatus}` | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why the seller is suspended or was rejected: for themself and administrators, else null.',
  })
  reason!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When they last applied to sell: for themself and administrators, else null.',
  })
  appliedAt!: string | null;

  /** Not a field: whom it is shown to where no token says so. */
  shownTo?: UserView['shownTo'];
}

export const SellerConnection = connectionOf('Seller', () => SellerType);
