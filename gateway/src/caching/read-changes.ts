import { z } from 'zod';
import type { Change } from './tags.ts';

const change = z.object({ typename: z.string().min(1), key: z.unknown().optional() });
const changes = z.union([
  z.object({ changed: z.array(change) }).transform(({ changed }) => changed),
  change.transform((one) => [one]),
]);
const message = z.union([z.object({ payload: changes }).transform(({ payload }) => payload), changes]);

/** `{ typename, key }`, or several as `{ changed: […] }`; bare, or as the `payload` of an envelope. Throws for anything else. */
export const readChanges = (json: unknown): readonly Change[] => message.parse(json);
