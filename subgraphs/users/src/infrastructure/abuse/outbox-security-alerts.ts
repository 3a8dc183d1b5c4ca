import { securityAlert } from '@emporium/contracts';
import { type OutgoingMessage, outgoing } from '@emporium/messaging';
import { v7 as newId } from 'uuid';
import type { SecurityAlerts } from '../../application/abuse/security-alert.ts';

/** Alerts, in one transaction, as events for whoever listens. */
export const outboxSecurityAlerts = (
  append: (messages: readonly OutgoingMessage[]) => Promise<void>,
): SecurityAlerts => ({
  raise: async ({ kind, userId, count, window }, at) => {
    const payload = { kind, ...(userId !== null && { userId }), count, window };
    await append([outgoing(securityAlert, payload, { aggregateId: userId ?? newId(), occurredAt: at })]);
  },
});
