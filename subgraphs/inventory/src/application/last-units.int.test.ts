import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestInventory, type TestInventory } from '../test-inventory.ts';
import { raceForLastUnits } from '../test-last-units.ts';

let inventory: TestInventory;

beforeAll(async () => {
  inventory = createTestInventory(await testDatabase('inventory'));
});
afterAll(() => inventory.stop());

describe('two hundred buyers at once', { timeout: 60_000 }, () => {
  it.each([1, 50])('buy the last %i units exactly, from two locations', async (units) => {
    for (let round = 0; round < 2; round += 1) {
      const { sold, refused, errors } = await raceForLastUnits(inventory, 200, units, `${units}-${round}`);
      expect({ sold, refused, errors }).toEqual({ sold: units, refused: 200 - units, errors: [] });
    }
    expect(await inventory.findings()).toEqual([]);
  });
});
