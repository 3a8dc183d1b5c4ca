import { aboutCardToken } from '@emporium/contracts';
import { createSealFor, type RecipientPublicKey } from '@emporium/encryption';
import type { SealToken } from '../application/ports.ts';

/** Seals with payments' public key, which is read once. */
export const openSealToken = async (publicKey: RecipientPublicKey): Promise<SealToken> => {
  const seal = await createSealFor(publicKey);
  return (token, orderId) => seal(token, aboutCardToken(orderId));
};
