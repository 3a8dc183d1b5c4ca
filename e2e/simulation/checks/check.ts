import type { Shop } from '../shop/world.ts';
import type { Told } from '../story/told.ts';
import { clientChecks } from './clients.ts';
import { copyChecks } from './copies.ts';
import { couponChecks } from './coupons.ts';
import { currencyChecks } from './currencies.ts';
import { guestChecks } from './guests.ts';
import { messageChecks } from './messages.ts';
import { moneyChecks } from './money.ts';
import { orderChecks } from './orders.ts';
import type { Check } from './rule.ts';
import { savedCardChecks } from './saved-cards.ts';
import { stockChecks } from './stock.ts';

export type Violation = { readonly rule: string; readonly what: string };

const checks: readonly Check[] = [
  ...stockChecks,
  ...orderChecks,
  ...couponChecks,
  ...guestChecks,
  ...currencyChecks,
  ...moneyChecks,
  ...savedCardChecks,
  ...messageChecks,
  ...copyChecks,
  ...clientChecks,
];

export const findViolations = (shop: Shop, told: Told): readonly Violation[] =>
  checks.flatMap(({ rule, broken }) => broken(shop, told).map((what) => ({ rule, what })));
