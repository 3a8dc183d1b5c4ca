/** What a token makes the sandbox do: real providers misbehave, this one does so on demand. */
export type Behaviour = {
  /** Undefined: the money is captured. */
  readonly declined?: 'CARD_DECLINED' | 'INVALID_TOKEN';
  readonly answers: 'AT_ONCE' | 'SLOWLY' | 'NEVER';
  /** The first attempts of each key fail without an effect. */
  readonly failsAtFirst?: true;
};

const behaviours: ReadonlyMap<string, Behaviour> = new Map([
  ['tok_ok', { answers: 'AT_ONCE' }],
  ['tok_declined', { answers: 'AT_ONCE', declined: 'CARD_DECLINED' }],
  ['tok_slow', { answers: 'SLOWLY' }],
  ['tok_timeout', { answers: 'NEVER' }],
  ['tok_error', { answers: 'AT_ONCE', failsAtFirst: true }],
]);

/** A token that the sandbox does not know is declined. */
export const behaviourOf = (token: string): Behaviour =>
  behaviours.get(token) ?? { answers: 'AT_ONCE', declined: 'INVALID_TOKEN' };
