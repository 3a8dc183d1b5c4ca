import { asId, asInstant, type Id, type Instant, type Money } from '@emporium/domain';
import { z } from 'zod';

/** An id on the wire: a non-empty string of at most 64 characters. */
export const id = <Kind extends string>() =>
  z.codec(
    z.string().min(1).max(64),
    z.custom<Id<Kind>>((value) => typeof value === 'string'),
    {
      decode: (text) => asId<Kind>(text),
      encode: (value) => value,
    },
  );

/** Money on the wire: minor units as a string, because JSON numbers lose digits above 2^53. */
export const money = () =>
  z.codec(
    z.object({ minor: z.string().regex(/^-?\d{1,18}$/), currency: z.string().regex(/^[A-Z]{3}$/) }),
    z.custom<Money>((value) => typeof value === 'object' && value !== null),
    {
      decode: ({ minor, currency }) => ({ minor: BigInt(minor), currency }),
      encode: ({ minor, currency }) => ({ minor: minor.toString(), currency }),
    },
  );

/** A moment on the wire: ISO 8601, UTC, milliseconds. */
export const instant = () =>
  z.codec(
    z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
    z.custom<Instant>((value) => typeof value === 'string'),
    {
      decode: asInstant,
      encode: (value) => value,
    },
  );

export const quantity = () => z.int().min(1).max(100_000);
