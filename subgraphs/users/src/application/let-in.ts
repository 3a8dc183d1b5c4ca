import type { TypedCode } from '../domain/second-factor/typed-code.ts';
import type { User } from '../domain/user.ts';
import type { Origin } from './origin.ts';
import type { Dependencies, Ports } from './ports.ts';
import { checkSecondFactor } from './second-factor/check-second-factor.ts';
import type { AuthRefusalCode } from './start-session.ts';

/** What somebody has shown of whom it is known whose account they mean. */
export type Shown = {
  /** By the names of RFC 8176: their password, or a provider's word. */
  readonly method: 'pwd' | 'fed';
  /** Needed where the account has one-time codes. */
  readonly code: TypedCode | null;
  readonly origin: Origin;
};

/** Who was proven, and by which methods. */
export type Proven = { readonly user: User; readonly methods: readonly string[] };

/**
 * What every way of signing in goes through once it is known whose account it is, and before there is a session: what refuses
 * one refuses all. Callers hold the user's lock, and mail whoever deactivated their account a link once they let it go.
 */
export const letIn = (dependencies: Pick<Dependencies, 'oneTimeCodes' | 'secrets'>) => {
  const check = checkSecondFactor(dependencies);
  return async (
    ports: Ports,
    user: User,
    { method, code, origin }: Shown,
  ): Promise<Proven | AuthRefusalCode> => {
    const beside = await check(ports, user, code, origin);
    if (typeof beside === 'string') return beside;
    return user.state === 'ACTIVE' ? { user, methods: [method, ...beside] } : 'ACCOUNT_DEACTIVATED';
  };
};
