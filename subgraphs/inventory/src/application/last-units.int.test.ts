import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestInventory, type TestInventory } from '../test-inventory.ts';
import { raceForLastUnits } from '../test-last-units.ts';

let inventory: TestInventory;

beforeAll(async () => {
  inventory = createTestInventory(await testDatabase('inventory'));
});
afterAll(() => inventory.stop());

const buyers = 60;

/** The long form, of two hundred buyers and many rounds, is a bench. */
describe('many buyers at once', { timeout: 60_000 }, () => {
  it.each([1, 50])('buy the last %i units exactly, from two locations', async (units) => {
    const { sold, refused, busy, errors } = await raceForLastUnits(inventory, buyers, units, `${units}`);
    expect({ sold, refused, busy, errors }).toEqual({
      ...{ sold: units, refused: buyers - units, busy: 0, errors: [] },
    });
    expect(await inventory.findings()).toEqual([]);
  });
});
