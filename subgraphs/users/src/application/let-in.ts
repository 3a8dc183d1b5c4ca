import type { TypedCode } from '../domain/second-factor/typed-code.ts';
import type { User } from '../domain/user.ts';
import { admit } from './accounts/admit.ts';
import type { Origin } from './origin.ts';
import type { Dependencies, Ports } from './ports.ts';
import { checkSecondFactor } from './second-factor/check-second-factor.ts';
import type { Codes } from './second-factor/use-code.ts';
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
 * one refuses all. The account is locked.
 */
export const letIn =
  (dependencies: Codes & Pick<Dependencies, 'secrets' | 'accountSettings'>) =>
  async (
    ports: Ports,
    userId: string,
    { method, code, origin }: Shown,
  ): Promise<Proven | AuthRefusalCode> => {
    const user = await ports.accounts.lock(userId);
    if (!user) return 'INVALID_CREDENTIALS';
    const beside = await checkSecondFactor(dependencies)(ports, user, code, origin);
    if (typeof beside === 'string') return beside;
    return (await admit(dependencies)(ports, user)) ?? { user, methods: [method, ...beside] };
  };
