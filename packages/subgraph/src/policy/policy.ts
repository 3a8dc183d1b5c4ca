import type { Audience } from './audience.ts';
import type { Seat } from './seats.ts';

/**
 * What everybody else gets. NULL; an error NOT_FOUND; or REFUSED: an error UNAUTHENTICATED for who is not signed in,
 * FORBIDDEN for others.
 */
export type Otherwise = 'NULL' | 'NOT_FOUND' | 'REFUSED';

/** Enforced where the schema is built, before the resolver is asked. */
export type Gate = {
  readonly kind: 'gate';
  readonly audience: Audience;
  readonly otherwise: Otherwise;
};

/**
 * Enforced by the function that is named, because it takes what only the use case has: a row under lock, or a query that
 * leaves out what is not to be seen. The authorization walk proves that it is.
 */
export type Decision = {
  readonly kind: 'decision';
  readonly by: string;
  readonly seats: readonly Seat[];
  /** What everybody else gets; `refusal NOT_FOUND` is a member of the field's union with that code. */
  readonly otherwise: Otherwise | 'LEFT OUT' | `refusal ${string}`;
  /** The only case in which it is asked; everybody may in all others. */
  readonly when?: string;
};

/** Leads to the receiver's own: what is the owner's on it is theirs. */
export type Own = { readonly kind: 'own' };

export type Step = Gate | Decision | Own;

/** What has to be passed to read or call a field, in this order. Nothing: as open as the object that it is a field of. */
export type FieldPolicy = Step | readonly Step[];

/** A line for each field. `'*'` is the object itself, by whatever path it is reached: who may not see it, sees no object. */
export type TypePolicy = { readonly '*'?: FieldPolicy; readonly [field: string]: FieldPolicy | undefined };

/** Who may see and call what of a subgraph: a table for each type. A field without a line stops the build. */
export type Policy = { readonly [type: string]: TypePolicy };

/** Nothing to be passed: whoever has the object sees the field; at the root, everybody. */
export const open: FieldPolicy = [];

/** Lets the audience through. */
export const only = (audience: Audience, otherwise: Otherwise = 'REFUSED'): Gate => ({
  kind: 'gate',
  audience,
  otherwise,
});

/** Says by which function of the use case it is decided, and for whom. */
export const decided = (
  rule: string | { readonly name: string },
  seats: readonly Seat[],
  otherwise: Decision['otherwise'],
  when?: string,
): Decision => ({
  kind: 'decision',
  by: typeof rule === 'string' ? rule : rule.name,
  seats,
  otherwise,
  ...(when ? { when } : {}),
});

export const own: Own = { kind: 'own' };

/** Several lines of one kind. */
export const each = <Field extends string>(policy: FieldPolicy, ...fields: readonly Field[]) =>
  Object.fromEntries(fields.map((field) => [field, policy])) as { readonly [field in Field]: FieldPolicy };

/** The line of a field, or of the object itself; undefined when there is none. */
export const lineOf = (policy: Policy, type: string, field: string): FieldPolicy | undefined => {
  const lines = Object.hasOwn(policy, type) ? policy[type] : undefined;
  return lines && Object.hasOwn(lines, field) ? lines[field] : undefined;
};

/** What has to be passed for a field, or for the object itself. */
export const stepsOf = (policy: Policy, type: string, field: string): readonly Step[] => {
  const line = lineOf(policy, type, field) ?? [];
  return 'kind' in line ? [line] : line;
};
