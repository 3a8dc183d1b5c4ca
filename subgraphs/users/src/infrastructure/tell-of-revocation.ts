import { sessionsRevoked } from '@emporium/contracts';
import { asInstant, type Id, type Instant } from '@emporium/domain';
import { type OutgoingMessage, outgoing } from '@emporium/messaging';

/** Instants are cut to milliseconds: whatever was dated `at` is before the next. */
const justAfter = (at: Instant): Instant => asInstant(new Date(Date.parse(at) + 1).toISOString());

/** Tells the gateways that the subject's access tokens count no more, those dated `at` included. */
export const tellOfRevocation =
  (append: (messages: readonly OutgoingMessage[]) => Promise<void>) =>
  (subject: Id<'Session' | 'User'>, at: Instant): Promise<void> =>
    append([
      outgoing(
        sessionsRevoked,
        { subject, notBefore: justAfter(at) },
        { aggregateId: subject, occurredAt: at },
      ),
    ]);
