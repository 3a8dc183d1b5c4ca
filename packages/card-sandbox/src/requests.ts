import { createHash } from 'node:crypto';
import { z } from 'zod';

const amount = z.object({
  minor: z
    .union([
      z.string().regex(/^[1-9]\d{0,17}$/, 'must be whole minor units above zero'),
      z.int().positive(),
    ])
    .transform(String),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, such as GBP'),
});

/** An amount in minor units: a string, because JSON numbers lose digits above 2^53 (a number is understood too). */
export type Amount = z.output<typeof amount>;

const reference = z.string().min(1).max(200);

export const captureRequest = z.object({ amount, token: z.string().max(500), reference });
export const methodRequest = z.object({ token: z.string().max(500) });
/** In the body, since an address ends up in logs. */
export const removalRequest = z.object({ id: z.string().min(1).max(500) });
export const refundRequest = z.object({ captureId: z.string().min(1).max(200), amount });
export const payoutRequest = z.object({ amount, reference });

export type CaptureRequest = z.output<typeof captureRequest>;
export type MethodRequest = z.output<typeof methodRequest>;
export type RefundRequest = z.output<typeof refundRequest>;
export type PayoutRequest = z.output<typeof payoutRequest>;

/** Tells whether a key comes back with the same request, without keeping the token that was in it. */
export const fingerprintOf = (path: string, request: object): string =>
  createHash('sha256')
    .update(JSON.stringify([path, request]))
    .digest('hex');
