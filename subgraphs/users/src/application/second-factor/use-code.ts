import type { Instant } from '@emporium/domain';
import { openSteps } from '../../domain/second-factor/time-steps.ts';
import type { TypedCode } from '../../domain/second-factor/typed-code.ts';
import type { User } from '../../domain/user.ts';
import type { Origin } from '../origin.ts';
import type { Dependencies, Ports } from '../ports.ts';
import type { SecondFactor } from './second-factors.ts';
import { tellOwner } from './tell-owner.ts';

export type Codes = Pick<Dependencies, 'oneTimeCodes' | 'secrets'>;

/** The time step whose code this is, if it is still good. */
export const findStep = (
  { oneTimeCodes }: Pick<Dependencies, 'oneTimeCodes'>,
  { secret, lastStep }: SecondFactor,
  { digits, at }: { readonly digits: string; readonly at: Instant },
): number | null =>
  openSteps(at, lastStep).find((step) => oneTimeCodes.isCodeOf(secret, step, digits)) ?? null;

type Use = { readonly factor: SecondFactor; readonly code: TypedCode; readonly origin: Origin };

/** Uses a one-time or a recovery code up; false for one that is not good, or not any more. */
export const useCode =
  (codes: Codes) =>
  async (ports: Ports, user: User, { factor, code, origin }: Use): Promise<boolean> => {
    const { secondFactors, now } = ports;
    if (code.kind === 'TOTP') {
      const step = findStep(codes, factor, { digits: code.digits, at: await now() });
      return step !== null && secondFactors.useStep(user.id, step);
    }
    const isUsed = await secondFactors.useRecoveryCode(user.id, codes.secrets.fingerprint(code.code));
    if (isUsed) await tellOwner(ports, user, 'RECOVERY_CODE_USED', origin);
    return isUsed;
  };
