import { badUserInput, refuseCardNumber } from '@emporium/subgraph';
import type { CardSource } from '../../application/ports.ts';
import { readText } from '../read-text.ts';

/** The card provider's token, which no card number is. */
export const readToken = (text: string): string => {
  const token = readText(text, 'token', 200);
  refuseCardNumber(token, 'input.token');
  return token;
};

/** Either a token or a saved method: what is charged is always named. */
export const readCard = ({
  token,
  paymentMethodId,
}: {
  readonly token?: string | null;
  readonly paymentMethodId?: string | null;
}): CardSource => {
  if (token != null && paymentMethodId != null)
    throw badUserInput('Send a `token` or a `paymentMethodId`, not both.', 'input.paymentMethodId');
  if (paymentMethodId != null) {
    refuseCardNumber(paymentMethodId, 'input.paymentMethodId');
    return { paymentMethodId: readText(paymentMethodId, 'paymentMethodId', 64) };
  }
  if (token != null) return { token: readToken(token) };
  throw badUserInput('Say which card: send its `token` or a `paymentMethodId`.', 'input.token');
};
