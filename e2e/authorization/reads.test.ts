import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judge, unproven } from './judge.ts';
import { lookByReference } from './look-by-reference.ts';
import { fieldsOf, lookFromRoot } from './look-from-root.ts';
import { matrices, seats } from './matrix.ts';
import type { Sighting } from './observe.ts';
import { type Scene, setScene } from './scene.ts';

/** Rules about states that the scene is never in, each with the test that proves it. */
const provenElsewhere: Readonly<Record<string, string>> = {
  'Seller.*': 'a shop that only applies: subgraphs/users/src/sellers.int.test.ts',
  'ReceivedOrder.order': 'a first event has none: subgraphs/orders/src/received-orders.int.test.ts',
  'Order.guestEmail': 'an order that a guest placed: subgraphs/orders/src/guest-order-schema.int.test.ts',
  'Query.reconciliation':
    'a day that was compared: subgraphs/payments/src/schema/reconciliation/reconciliation.int.test.ts',
  'Seller.settlementCurrency':
    'a seller who chose one: subgraphs/payments/src/schema/settlement/settlement.int.test.ts',
  'Payment.nextAction':
    'a card whose bank asks its owner: subgraphs/payments/src/schema/schema.int.test.ts',
  'Seller.reason': 'a shop that was rejected or suspended: subgraphs/users/src/sellers.int.test.ts',
};

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
});

const references = Object.entries(matrices).flatMap(([subgraph, rows]) =>
  rows.filter(({ path }) => path === '_entities').map((row) => ({ subgraph, type: row.type, row })),
);
const roots = (['Query', 'Subscription'] as const).flatMap((root) =>
  fieldsOf(root).map((field) => ({ root, field })),
);

const everything: Sighting[] = [];
let walked = 0;

const expectAsInMatrix = (sightings: readonly Sighting[]) => {
  expect(judge(sightings)).toEqual([]);
  expect(new Set(sightings.map(({ seat }) => seat)).size).toBe(seats.length);
  everything.push(...sightings);
  walked += 1;
};

describe('by reference, straight at its subgraph', () => {
  it.each(references)(
    'each seat sees of $type in $subgraph what the matrix says',
    async ({ subgraph, row }) => expectAsInMatrix(await lookByReference(scene, subgraph, row)),
  );
});

describe('through the gateway', () => {
  it.each(roots)('$root $field answers each seat as the matrix says', async ({ root, field }) =>
    expectAsInMatrix(await lookFromRoot(scene, root, field)),
  );
});

afterAll(() => {
  // Once everything was walked, in whatever order: each rule was seen to let somebody pass and to stop somebody.
  if (walked < references.length + roots.length) return;
  expect(unproven(everything).filter((row) => !Object.hasOwn(provenElsewhere, row))).toEqual([]);
});
