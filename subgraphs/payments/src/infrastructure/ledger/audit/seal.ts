/** A seal as the audit reads it: what it covers, and the hash that it says. */
export type Seal = {
  readonly number: string;
  readonly from: bigint;
  /** The first transaction that it does not cover. */
  readonly until: bigint;
  readonly count: number;
  readonly hash: string;
};
