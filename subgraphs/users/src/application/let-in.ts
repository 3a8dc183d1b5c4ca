import type { User } from '../domain/user.ts';
import type { Dependencies, Ports } from './ports.ts';
import { type AuthRefusalCode, type Proof, type StartedSession, startSession } from './start-session.ts';

/**
 * What every way of signing in goes through once it is known whose account it is, and before there is a session: what
 * refuses one refuses all. `provider` is the one that vouched for them, if any did.
 */
export const letIn =
  (dependencies: Pick<Dependencies, 'secrets' | 'newId'>) =>
  async (
    ports: Ports,
    user: User,
    { provider, ...proof }: Proof & { readonly provider?: string },
  ): Promise<StartedSession | AuthRefusalCode> => {
    const detail = provider === undefined ? {} : { provider };
    await ports.securityEvents.record({ kind: 'LOGGED_IN', userId: user.id, origin: proof.origin, detail });
    return startSession(dependencies)(ports, user, proof);
  };
