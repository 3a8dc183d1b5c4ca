export { accept, type Decision, refuse } from './decision.ts';
export { divideHalfEven } from './divide-half-even.ts';
export { asId, type Id } from './id.ts';
export { asInstant, type Instant } from './instant.ts';
export {
  add,
  type Currency,
  equals,
  isPositive,
  type Money,
  multiply,
  negate,
  sum,
  zero,
} from './money.ts';
export { isLonger, isPrintableLine, isPrintableText } from './printable.ts';
