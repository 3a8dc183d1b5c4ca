import { type Route, sendRefusal } from '../http/send.ts';
import { callerOf, type Identification } from '../identity/identify.ts';
import type { RateLimits } from './rate-limits.ts';

/** Answers for a route to addresses that have asked too often, before anything of what they sent is read. */
export const createLimitRequests =
  (rateLimits: RateLimits, identification: Identification) =>
  (route: Route): Route =>
  (request, response) => {
    const refusal = rateLimits.ofAddress(identification.addressOf(callerOf(request)));
    if (!refusal) return route(request, response);
    sendRefusal(request, response, refusal);
  };
