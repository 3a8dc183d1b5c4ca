import type { Ports } from '../ports.ts';
import type { ViewersSession } from './prove-identity.ts';

/**
 * Whether a code was shown in a session, as it stands now: an access token from before codes were switched on knows of none.
 * Callers hold the user's lock.
 */
export const hasShownCode = async (
  { sessions }: Pick<Ports, 'sessions'>,
  { userId, sessionId }: ViewersSession,
): Promise<boolean> =>
  sessionId !== null && (await sessions.methodsOf({ id: sessionId, userId })).includes('otp');
