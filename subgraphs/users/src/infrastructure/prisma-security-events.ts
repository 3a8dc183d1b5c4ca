import { v7 as newId } from 'uuid';
import type { SecurityEvents } from '../application/security-events.ts';
import type { Prisma } from './generated/client.ts';

/** Writes security events, in one transaction. */
export const prismaSecurityEvents = (tx: Prisma.TransactionClient): SecurityEvents => ({
  record: async ({ kind, userId, origin, detail = {} }) => {
    await tx.$executeRaw`
      INSERT INTO security_events (id, kind, user_id, address, device, detail)
      VALUES (${newId()}, ${kind}, ${userId}, ${origin.address}, ${origin.device}, ${JSON.stringify(detail)}::jsonb)`;
  },
});
