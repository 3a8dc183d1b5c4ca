import { withCause } from '@emporium/messaging';
import { settleForget, settleSave } from './methods/settle-methods.ts';
import type { ProviderCall } from './ports.ts';
import type { SettleCall, Settling } from './settle-call.ts';
import { settleCapture } from './settle-capture.ts';
import { settlePayout } from './settle-payout.ts';
import { settleRefund } from './settle-refund.ts';
import { settleTopUp } from './settle-top-up.ts';

const settlers: Record<ProviderCall['kind'], SettleCall> = {
  CAPTURE: settleCapture,
  REFUND: settleRefund,
  TOP_UP: settleTopUp,
  PAYOUT: settlePayout,
  SAVE_METHOD: settleSave,
  FORGET_METHOD: settleForget,
};

/** All that is asked of the card provider, whatever it is for, under the cause that asked. */
export const createSettle =
  (settling: Settling) =>
  (call: ProviderCall): Promise<void> =>
    withCause({ causationId: call.eventId ?? undefined }, () => settlers[call.kind](settling, call));
