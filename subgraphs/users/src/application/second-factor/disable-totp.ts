import type { TypedCode } from '../../domain/second-factor/typed-code.ts';
import type { Origin } from '../origin.ts';
import type { Dependencies, Limited, Ports } from '../ports.ts';
import { tellOwner } from './tell-owner.ts';
import { useCode } from './use-code.ts';

export type DisableRefusal = 'TOTP_NOT_ON' | 'TOTP_INVALID';
type Outcome = 'disabled' | DisableRefusal;

/** Switches one-time codes off by one of them, or by a recovery code. Guesses are limited as failed logins are; null for no user of ours. */
export const disableTotp = (dependencies: Dependencies) => {
  const { transact, directory, limits } = dependencies;

  const disable =
    (userId: string, code: TypedCode, origin: Origin) =>
    async (ports: Ports): Promise<Outcome> => {
      const user = await ports.accounts.lock(userId);
      if (!user) return 'TOTP_NOT_ON';
      const factor = await ports.secondFactors.find(user.id);
      if (!factor?.isOn) return 'TOTP_NOT_ON';
      if (!(await useCode(dependencies)(ports, user, { factor, code, origin }))) return 'TOTP_INVALID';
      await ports.secondFactors.remove(user.id);
      await tellOwner(ports, user, 'TOTP_DISABLED', origin);
      return 'disabled';
    };

  return async (userId: string, code: TypedCode, origin: Origin): Promise<Outcome | Limited | null> => {
    const [owner] = await directory.findUsers([userId]);
    if (!owner) return null;
    const { email } = owner;
    const { address } = origin;
    const isFamiliar = () => directory.knowsNetwork(email, address);
    const attempt = async () => {
      const ended = await transact(disable(userId, code, origin));
      return ended === 'TOTP_INVALID' ? null : ended;
    };
    const outcome = await limits.logIn(
      { email, userId, address, isFamiliar },
      attempt,
      (ended) => ended === 'disabled',
    );
    return outcome ?? 'TOTP_INVALID';
  };
};
