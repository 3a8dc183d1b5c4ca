import type { TypedCode } from '../../domain/second-factor/typed-code.ts';
import { limitGuesses } from '../abuse/limit-guesses.ts';
import type { Origin } from '../origin.ts';
import type { Dependencies, Limited, Ports } from '../ports.ts';
import { hasShownCode } from './has-shown-code.ts';
import type { ViewersSession } from './prove-identity.ts';
import { tellOwner } from './tell-owner.ts';
import { useCode } from './use-code.ts';

/** `CODE_NOT_SHOWN`: not by this session, which is from before there were codes. */
export type DisableRefusal = 'TOTP_NOT_ON' | 'TOTP_INVALID' | 'CODE_NOT_SHOWN';
type Outcome = 'disabled' | DisableRefusal;

/** Switches one-time codes off by one of them, or by a recovery code. A wrong one counts as a failed login; null for no user of ours. */
export const disableTotp = (dependencies: Dependencies) => {
  const { transact, directory } = dependencies;
  const limitedly = limitGuesses(dependencies);

  const disable =
    (own: ViewersSession, code: TypedCode, origin: Origin) =>
    async (ports: Ports): Promise<Outcome> => {
      const user = await ports.accounts.lock(own.userId);
      if (!user) return 'TOTP_NOT_ON';
      const factor = await ports.secondFactors.find(user.id);
      if (!factor?.isOn) return 'TOTP_NOT_ON';
      if (!(await hasShownCode(ports, own))) return 'CODE_NOT_SHOWN';
      if (!(await useCode(dependencies)(ports, user, { factor, code, origin }))) return 'TOTP_INVALID';
      await ports.secondFactors.remove(user.id);
      await tellOwner(ports, user, 'TOTP_DISABLED', origin);
      return 'disabled';
    };

  return async (
    own: ViewersSession,
    code: TypedCode,
    origin: Origin,
  ): Promise<Outcome | Limited | null> => {
    const { userId } = own;
    const [owner] = await directory.findUsers([userId]);
    if (!owner) return null;
    const { email } = owner;
    const attempt = async (): Promise<Outcome | null> => {
      const ended = await transact(disable(own, code, origin));
      return ended === 'TOTP_INVALID' ? null : ended;
    };
    const isProof = (ended: Outcome) => ended === 'disabled';
    const refusal = () => 'TOTP_INVALID';
    const outcome = await limitedly({ email, userId, origin, attempt, isProof, refusal });
    return outcome ?? 'TOTP_INVALID';
  };
};
