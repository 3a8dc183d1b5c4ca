declare const kind: unique symbol;

/** An opaque identifier that cannot be passed where another kind is wanted. */
export type Id<Kind extends string> = string & { readonly [kind]: Kind };

/** Says which kind of thing a string from outside names; it proves nothing about its existence. */
export const asId = <Kind extends string>(value: string): Id<Kind> => value as Id<Kind>;
