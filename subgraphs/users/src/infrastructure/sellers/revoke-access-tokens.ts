import { sessionsRevoked } from '@emporium/contracts';
import { type OutgoingMessage, outgoing } from '@emporium/messaging';
import type { Ports } from '../../application/ports.ts';

/** Leaves by the outbox, so that the gateways are told exactly when the change is committed. */
export const revokeAccessTokens =
  (append: (messages: readonly OutgoingMessage[]) => Promise<void>): Ports['revokeAccessTokens'] =>
  (subject, notBefore) =>
    append([
      outgoing(sessionsRevoked, { subject, notBefore }, { aggregateId: subject, occurredAt: notBefore }),
    ]);
