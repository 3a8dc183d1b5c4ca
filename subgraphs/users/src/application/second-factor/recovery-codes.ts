import type { Id } from '@emporium/domain';
import { groupRecoveryCode } from '../../domain/second-factor/typed-code.ts';
import type { Ports } from '../ports.ts';
import type { Codes } from './use-code.ts';

const count = 10;

/** New recovery codes in place of all before, as their owner is to keep them: they are not to be had again. */
export const issueRecoveryCodes =
  ({ oneTimeCodes, secrets }: Codes) =>
  async ({ secondFactors }: Ports, userId: Id<'User'>): Promise<readonly string[]> => {
    const codes = Array.from({ length: count }, oneTimeCodes.createRecoveryCode);
    await secondFactors.replaceRecoveryCodes(userId, codes.map(secrets.fingerprint));
    return codes.map(groupRecoveryCode);
  };
