import { readFileSync } from 'node:fs';
import path from 'node:path';
import { matrixOf, type Policy, type Row } from '@emporium/subgraph';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { policy as inventory } from '../../subgraphs/inventory/src/schema/policy.ts';
import { policy as orders } from '../../subgraphs/orders/src/schema/policy.ts';
import { policy as payments } from '../../subgraphs/payments/src/schema/policy.ts';
import { policy as products } from '../../subgraphs/products/src/schema/policy.ts';
import { policy as users } from '../../subgraphs/users/src/schema/policy.ts';

const root = path.resolve(import.meta.dirname, '../..');

export const policies: Readonly<Record<string, Policy>> = { users, products, inventory, orders, payments };

/** A subgraph's schema as it is committed. */
export const schemaOf = (subgraph: string): GraphQLSchema =>
  buildSchema(readFileSync(path.join(root, 'schema', `${subgraph}.graphql`), 'utf8'), {
    assumeValidSDL: true,
  });

export type Matrices = Readonly<Record<string, readonly Row[]>>;

/** What the policies of all subgraphs come to. */
export const matrixOfAll = (): Matrices =>
  Object.fromEntries(
    Object.entries(policies).map(([name, policy]) => [name, matrixOf(schemaOf(name), policy)]),
  );
