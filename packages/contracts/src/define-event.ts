import { z } from 'zod';

/** A fact that one subgraph tells the others: who owns it, its name, its version, the shape of its payload. */
export type EventDefinition<Payload extends z.ZodType = z.ZodType> = {
  readonly owner: string;
  /** `<owner>.<fact>`, past tense. */
  readonly name: string;
  readonly version: number;
  /** NATS subject: `emporium.<owner>.<fact>.v<version>`. */
  readonly subject: string;
  readonly payload: Payload;
};

/** What a handler sees: domain values (Money with bigint minor units), not JSON. */
export type PayloadOf<Event extends EventDefinition> = z.output<Event['payload']>;

/** What travels: JSON. */
export type WirePayloadOf<Event extends EventDefinition> = z.input<Event['payload']>;

/**
 * Declares an event. The payload's fields are zod schemas; unknown fields are dropped when it is read, so that a new
 * optional field keeps the version.
 */
export const defineEvent = <Shape extends z.ZodRawShape>(
  name: `${string}.${string}`,
  version: number,
  shape: Shape,
): EventDefinition<z.ZodObject<Shape>> => ({
  owner: name.slice(0, name.indexOf('.')),
  name,
  version,
  subject: `emporium.${name}.v${version}`,
  payload: z.object(shape),
});
