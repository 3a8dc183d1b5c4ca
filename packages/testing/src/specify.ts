import type { Decision } from '@emporium/domain';
import { expect } from 'vitest';

/** What a decider is made of. */
export type Decider<Command, State, Event, Refusal extends string> = {
  decide: (command: Command, state: State) => Decision<Event, Refusal>;
  evolve: (state: State, event: Event) => State;
  initial: State;
};

/** What is expected of a decision. */
export type Expectation<Event, Refusal extends string> = {
  /** Exactly these events follow, in this order; none means that nothing is left to do. */
  yields: (...events: readonly Event[]) => void;
  /** The command is refused with this code. */
  refuses: (code: Refusal) => void;
};

/** `given(...what happened).when(command).yields(...what follows)`, or `.refuses(code)`. */
export const specify =
  <Command, State, Event, Refusal extends string>({
    decide,
    evolve,
    initial,
  }: Decider<Command, State, Event, Refusal>) =>
  (...history: readonly Event[]) => ({
    when: (command: Command): Expectation<Event, Refusal> => {
      const decision = decide(command, history.reduce(evolve, initial));
      return {
        yields: (...events) => expect(decision).toEqual({ ok: true, events }),
        refuses: (refusal) => expect(decision).toEqual({ ok: false, refusal }),
      };
    },
  });
