/** What a handler says of a message that it understood; a throw means: try again. */
export type Verdict = { readonly type: 'ack' } | { readonly type: 'park'; readonly reason: string };

/** The message had its effect, or needs none. */
export const ack: Verdict = { type: 'ack' };

/** No retry can mend this; a person has to look. `reason` is shown to administrators: no secrets in it. */
export const park = (reason: string): Verdict => ({ type: 'park', reason });
