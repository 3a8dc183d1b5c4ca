import type { Ports, UserId } from '../ports.ts';

/** The provider is told, in its time, to keep the card no longer; the token waits for that with the call alone. */
export const forgetCard = async (
  { newId, calls, routing }: Pick<Ports, 'newId' | 'calls' | 'routing'>,
  userId: UserId,
  token: string,
): Promise<void> => {
  const id = newId<'ProviderCall'>();
  await calls.add({ id, kind: 'FORGET_METHOD', subject: userId, token, provider: routing.keeperOf(token) });
};
