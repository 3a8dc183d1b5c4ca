/** What the timeline says of a return: of which units, how much, and why. */
import type { Id } from '@emporium/domain';
import type { Disposition, ReturnNoteAbout } from './return.ts';
import type { ReturnEvent, ReturnReceived } from './return-event.ts';
import type { Units } from './shipment.ts';

/** What somebody said of a return, on which occasion. */
export type SaidOfReturn = {
  readonly returnId: string;
  readonly about: ReturnNoteAbout;
  readonly text: string;
};

/** `name` says units in words. */
export const toldOfReturn = (
  event: ReturnEvent,
  said: readonly SaidOfReturn[],
  name: (units: readonly Units[]) => string,
) => {
  const { returnId, shipmentId } = event;
  const wordsOf = (about: ReturnNoteAbout) => textOf(said, returnId, about);
  const about = { returnId, shipmentId };
  switch (event.type) {
    case 'ReturnRequested':
      return { ...about, detail: name(event.lines), reason: wordsOf('REQUEST') ?? event.reason };
    case 'ReturnRejected':
      return { ...about, reason: wordsOf('REJECTION') };
    case 'ReturnReceived': {
      const detail = whatCame(event, name);
      return { ...about, detail, reason: wordsOf('RECEIPT'), amount: event.refund };
    }
    case 'ReturnRefunded':
      return { ...about, amount: event.amount };
    case 'ReturnApproved':
    case 'ReturnWithdrawn':
      return about;
  }
};

const textOf = (said: readonly SaidOfReturn[], returnId: Id<'Return'>, about: ReturnNoteAbout) =>
  said.find((each) => each.returnId === returnId && each.about === about)?.text ?? null;

const whatCame = ({ lines }: ReturnReceived, name: (units: readonly Units[]) => string): string => {
  const fate = (disposition: Disposition, words: string) => {
    const units = name(lines.filter((each) => each.disposition === disposition));
    return units ? [`${words}: ${units}`] : [];
  };
  return [...fate('RESTOCK', 'In stock again'), ...fate('WRITE_OFF', 'Written off')].join('; ');
};
