import { authenticate, type Credentials } from './authenticate.ts';
import type { Origin } from './origin.ts';
import type { Dependencies } from './ports.ts';
import { type AuthOutcome, signIn, startSession } from './start-session.ts';

/** Signs in with e-mail and password, and with a code where the account has them. */
export const logIn = (dependencies: Dependencies) => {
  const prove = authenticate(dependencies);
  const start = startSession(dependencies);
  return async (credentials: Credentials, origin: Origin): Promise<AuthOutcome> => {
    const outcome = await prove(credentials, origin, async (ports, { user, methods }) => {
      await ports.securityEvents.record({ kind: 'LOGGED_IN', userId: user.id, origin });
      return start(ports, user, { origin, methods });
    });
    return outcome.type === 'authenticated' ? signIn(dependencies)(outcome.result) : outcome;
  };
};
