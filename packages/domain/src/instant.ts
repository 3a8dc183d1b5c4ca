declare const instant: unique symbol;

/** A moment as ISO 8601 in UTC with milliseconds, so that text order is time order. */
export type Instant = string & { readonly [instant]: true };

const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Throws a RangeError when the text is not `YYYY-MM-DDTHH:mm:ss.sssZ`. */
export const asInstant = (value: string): Instant => {
  if (!shape.test(value)) throw new RangeError(`not an instant: ${value}`);
  return value as Instant;
};
