import type { TypedCode } from '../../domain/second-factor/typed-code.ts';
import { authenticate } from '../authenticate.ts';
import type { Origin } from '../origin.ts';
import type { Dependencies } from '../ports.ts';
import { type AuthOutcome, refused, type StartedSession, signIn } from '../start-session.ts';

/** Whose session is to be proven anew; the id is null where the access token does not say. */
export type ViewersSession = { readonly userId: string; readonly sessionId: string | null };

type Proof = { readonly password: string; readonly code: TypedCode | null };

/** Proves again who the owner of a session is: the same session, with the next pair of tokens. Limited as logging in is. */
export const proveIdentity = (dependencies: Dependencies) => {
  const { directory, secrets } = dependencies;
  const prove = authenticate(dependencies);
  return async (
    { userId, sessionId }: ViewersSession,
    { password, code }: Proof,
    origin: Origin,
  ): Promise<AuthOutcome> => {
    const [owner] = await directory.findUsers([userId]);
    if (!owner || sessionId === null) return refused('SESSION_EXPIRED');
    const refreshToken = secrets.create();
    const credentials = { email: owner.email, userId, password, code };
    const outcome = await prove(
      credentials,
      origin,
      async (ports, { user, methods }): Promise<StartedSession | null> => {
        const fingerprint = secrets.fingerprint(refreshToken);
        const session = await ports.sessions.prove({ sessionId, userId: user.id, fingerprint, methods });
        if (!session) return null;
        await ports.securityEvents.record({ kind: 'IDENTITY_PROVEN', userId: user.id, origin });
        return { user, session, refreshToken, at: session.authenticatedAt };
      },
    );
    if (outcome.type !== 'authenticated') return outcome;
    return outcome.result ? signIn(dependencies)(outcome.result) : refused('SESSION_REVOKED');
  };
};
