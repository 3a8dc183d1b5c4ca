import type { TypedCode } from '../../domain/second-factor/typed-code.ts';
import type { User } from '../../domain/user.ts';
import type { Origin } from '../origin.ts';
import type { Ports } from '../ports.ts';
import { type Codes, useCode } from './use-code.ts';

/**
 * The methods by which a user is proven beside the one that they came with: none, or a code, which is used up. The
 * account is locked by whoever asks, so that its codes are not switched on or off meanwhile.
 */
export const checkSecondFactor =
  (codes: Codes) =>
  async (
    ports: Ports,
    user: User,
    code: TypedCode | null,
    origin: Origin,
  ): Promise<readonly string[] | 'TOTP_REQUIRED' | 'TOTP_INVALID'> => {
    const factor = await ports.secondFactors.find(user.id);
    if (!factor?.isOn) return [];
    if (!code) return 'TOTP_REQUIRED';
    return (await useCode(codes)(ports, user, { factor, code, origin })) ? ['otp'] : 'TOTP_INVALID';
  };
