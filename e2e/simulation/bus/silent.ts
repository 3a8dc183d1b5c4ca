import type { MessagingMetrics } from '@emporium/messaging/parts';
import { pino } from 'pino';

/** Nobody reads the log of a simulated world; what happened is in its trace. */
export const silent = pino({ level: 'silent' });

export const metrics: MessagingMetrics = {
  count: () => undefined,
  published: () => undefined,
  lag: () => undefined,
  leads: () => undefined,
};
