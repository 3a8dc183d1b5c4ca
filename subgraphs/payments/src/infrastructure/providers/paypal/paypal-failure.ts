import { z } from 'zod';
import type { PayPalAnswer } from './paypal-client.ts';

/**
 * What an answer means that is none to what was asked. DECLINED: the buyer's account says no. REFUSED: the request is wrong, and always
 * will be. STATE: it is not possible any more, or not yet, so something happened meanwhile. GONE: there is no such order. UNKNOWN: whatever else.
 */
export type PayPalFailure = 'DECLINED' | 'REFUSED' | 'STATE' | 'GONE' | 'UNKNOWN';

const problem = z.object({ details: z.array(z.object({ issue: z.string() })).default([]) });

const declines = [
  'INSTRUMENT_DECLINED',
  'PAYER_CANNOT_PAY',
  'PAYER_ACCOUNT_RESTRICTED',
  'PAYER_ACCOUNT_LOCKED_OR_CLOSED',
  'TRANSACTION_REFUSED',
  'TRANSACTION_BLOCKED_BY_PAYEE',
  'COMPLIANCE_VIOLATION',
  'MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED',
];

const states = [
  'ORDER_NOT_APPROVED',
  'PAYER_ACTION_REQUIRED',
  'ORDER_ALREADY_AUTHORIZED',
  'ORDER_ALREADY_CAPTURED',
  'AUTHORIZATION_ALREADY_CAPTURED',
  'AUTHORIZATION_VOIDED',
  'PREVIOUSLY_CAPTURED',
  'PREVIOUSLY_VOIDED',
  'PREVIOUS_REQUEST_IN_PROGRESS',
];

export const failureOf = ({ status, body }: PayPalAnswer): PayPalFailure => {
  if (status === 404) return 'GONE';
  if (status !== 400 && status !== 422) return 'UNKNOWN';
  const issues = (problem.safeParse(body).data?.details ?? []).map(({ issue }) => issue);
  if (issues.some((issue) => states.includes(issue))) return 'STATE';
  return issues.some((issue) => declines.includes(issue)) ? 'DECLINED' : 'REFUSED';
};
