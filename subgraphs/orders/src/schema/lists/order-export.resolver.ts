import { DateTimeScalar, requireRecentProof, requireSignedIn } from '@emporium/subgraph';
import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver, registerEnumType } from 'type-graphql';
import type { WantedExport } from '../../application/export-orders.ts';
import type { UserId } from '../../application/ports.ts';
import type { Context } from '../context.ts';
import { readPeriod } from './read-order-query.ts';

@ObjectType('OrderExport', { description: 'Where a file of orders is to be fetched.' })
export class OrderExportType {
  @Field(() => String, { description: 'GET it without any token: the address is the permission.' })
  url!: string;

  @Field(() => DateTimeScalar, { description: 'Until when it can be fetched.' })
  expiresAt!: string;
}

const OrderExportKind = { PURCHASES: 'PURCHASES', SALES: 'SALES' } as const;

registerEnumType(OrderExportKind, {
  name: 'OrderExportKind',
  description: 'Which side of orders a file shows.',
  valuesConfig: {
    PURCHASES: { description: 'What you bought.' },
    SALES: {
      description:
        'What you sold: of each order that was paid your own part. Its rows sum to what its shipments come to, less what went back.',
    },
  },
});

@InputType('OrderExportInput', { description: 'Which of your orders go into a file.' })
export class OrderExportInput {
  @Field(() => OrderExportKind, { description: 'What you bought, or what you sold.' })
  kind!: keyof typeof OrderExportKind;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Only those placed then or later.' })
  placedFrom?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Only those placed before.' })
  placedUntil?: string | null;
}

const allow = async (wanted: WantedExport, by: string, { app }: Context): Promise<OrderExportType> => {
  const { token, expiresAt } = await app.allowExport(by as UserId, wanted);
  return { url: app.exportUrl(token), expiresAt };
};

/** Orders as a file, which goes past GraphQL. */
@Resolver(() => OrderExportType)
export class OrderExportResolver {
  @Mutation(() => OrderExportType, {
    description:
      'Tells where your orders are to be fetched as CSV within ten minutes, a row for each line, oldest first. Cells that a spreadsheet would run begin with an apostrophe.',
  })
  requestOrderExport(
    @Arg('input', () => OrderExportInput, { description: 'Which orders.' }) input: OrderExportInput,
    @Ctx() context: Context,
  ) {
    const { id } = requireSignedIn(context.viewer);
    return allow({ kind: input.kind, placed: readPeriod(input, 'input') }, id, context);
  }

  @Mutation(() => OrderExportType, {
    description:
      'The same for everybody’s orders, with who bought and who sells; for ADMIN, with a proof of the last ten minutes.',
  })
  async requestAllOrdersExport(
    @Arg('placedFrom', () => DateTimeScalar, {
      nullable: true,
      description: 'Only those placed then or later.',
    })
    placedFrom: string | null | undefined,
    @Arg('placedUntil', () => DateTimeScalar, { nullable: true, description: 'Only those placed before.' })
    placedUntil: string | null | undefined,
    @Ctx() context: Context,
  ) {
    const { id } = requireRecentProof(context.viewer, await context.app.now());
    const placed = readPeriod({ placedFrom: placedFrom ?? null, placedUntil: placedUntil ?? null });
    return allow({ kind: 'ALL', placed }, id, context);
  }
}
