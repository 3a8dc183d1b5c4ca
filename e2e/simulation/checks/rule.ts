import type { Shop } from '../shop/world.ts';
import type { Told } from '../story/told.ts';

/** A rule, and what breaks it in a world where nothing is on its way: nothing means that it holds. */
export type Check = {
  readonly rule: string;
  readonly broken: (shop: Shop, told: Told) => readonly string[];
};
