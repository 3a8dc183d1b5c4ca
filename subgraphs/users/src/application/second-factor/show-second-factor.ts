import type { Dependencies } from '../ports.ts';

/** How well an account is protected, as its owner may see. */
export type SecondFactorView = { readonly isOn: boolean; readonly recoveryCodesLeft: number };

export const showSecondFactor =
  ({ transact }: Dependencies) =>
  (userId: string): Promise<SecondFactorView> =>
    transact(async ({ secondFactors }) => ({
      isOn: (await secondFactors.find(userId))?.isOn ?? false,
      recoveryCodesLeft: await secondFactors.countRecoveryCodes(userId),
    }));
