import { emailVerified } from '@emporium/contracts';
import { ack, subscriber } from '@emporium/messaging';
import type { Ports } from './ports.ts';

/** From now on this user may take money out. Nobody's proof is taken back, so that the news may come twice and in any order. */
export const onEmailVerified = subscriber(
  emailVerified,
  async ({ verifiedUsers }: Ports, { payload: { userId } }) => {
    await verifiedUsers.add(userId);
    return ack;
  },
);
