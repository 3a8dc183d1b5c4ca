/** How events are sent, whoever signs them. */
export type Sending = {
  /** Each so often. */
  readonly times?: number;
  /** The last one first. */
  readonly reversed?: boolean;
  /** Only what is of these types. */
  readonly types?: readonly string[];
  /** Only what is about this payment or refund, by the id that its maker gave it. */
  readonly about?: string;
};

type Described = { readonly type: string; readonly subject: string | undefined };

/** Events that wait until they are sent to whoever wants to hear them; `post` gives the status that was answered. */
export const createEvents = <Event, To, How extends Sending>(
  describe: (event: Event) => Described,
  post: (to: To, event: Event, how: How | undefined) => Promise<number>,
) => {
  let waiting: Event[] = [];
  return {
    add: (event: Event): void => void waiting.push(event),
    /** Sends what has happened since; gives the statuses that were answered. */
    deliver: async (to: To, how?: How): Promise<number[]> => {
      const { times = 1, types, about, reversed = false } = how ?? {};
      const sent = waiting.filter((event) => {
        const { type, subject } = describe(event);
        return (!types || types.includes(type)) && (about === undefined || about === subject);
      });
      waiting = waiting.filter((event) => !sent.includes(event));
      const statuses: number[] = [];
      for (const event of reversed ? sent.toReversed() : sent)
        for (let time = 0; time < times; time += 1) statuses.push(await post(to, event, how));
      return statuses;
    },
    clear: (): void => {
      waiting = [];
    },
  };
};
