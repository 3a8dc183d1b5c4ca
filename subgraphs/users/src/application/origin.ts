/** Where a request came from: for people who look through their sessions, and for counting. Neither is proof of anything. */
export type Origin = {
  /** The network address; null where the gateway could not tell. */
  readonly address: string | null;
  /** What the client calls itself. */
  readonly device: string | null;
};

export const nowhere: Origin = { address: null, device: null };
