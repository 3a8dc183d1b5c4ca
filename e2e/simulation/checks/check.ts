import type { Shop } from '../shop/world.ts';
import type { Told } from '../story/told.ts';
import { clientChecks } from './clients.ts';
import { copyChecks } from './copies.ts';
import { messageChecks } from './messages.ts';
import { moneyChecks } from './money.ts';
import { orderChecks } from './orders.ts';
import { stockChecks } from './stock.ts';

/** A rule, and what breaks it in a world where nothing is on its way: nothing means that it holds. */
export type Check = {
  readonly rule: string;
  readonly broken: (shop: Shop, told: Told) => readonly string[];
};

export type Violation = { readonly rule: string; readonly what: string };

const checks: readonly Check[] = [
  ...stockChecks,
  ...orderChecks,
  ...moneyChecks,
  ...messageChecks,
  ...copyChecks,
  ...clientChecks,
];

export const findViolations = (shop: Shop, told: Told): readonly Violation[] =>
  checks.flatMap(({ rule, broken }) => broken(shop, told).map((what) => ({ rule, what })));
