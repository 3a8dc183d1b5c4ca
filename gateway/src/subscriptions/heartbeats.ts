/** What is asked for a sign of life. */
export type Pulse = { ping(): void; terminate(): void; on(event: 'pong', heard: () => void): unknown };

const slots = 12;

/**
 * Ends sockets whose other side is gone without a word: each is pinged once in `periodMs`, and has until the next time to
 * answer. One timer serves them all, and takes a part of them at each turn, so that thousands are not pinged at once.
 */
export const createHeartbeats = (periodMs: number) => {
  const turns = Array.from({ length: slots }, () => new Map<Pulse, { answered: boolean }>());
  let added = 0;
  let turn = 0;
  const timer = setInterval(() => {
    turn = (turn + 1) % slots;
    for (const [socket, state] of turns[turn] ?? []) {
      if (!state.answered) {
        socket.terminate();
        continue;
      }
      state.answered = false;
      socket.ping();
    }
  }, periodMs / slots);
  timer.unref();

  return {
    /** Returns what forgets the socket. */
    watch: (socket: Pulse): (() => void) => {
      added = (added + 1) % slots;
      const sockets = turns[added];
      const state = { answered: true };
      sockets?.set(socket, state);
      socket.on('pong', () => {
        state.answered = true;
      });
      return () => sockets?.delete(socket);
    },
    stop: (): void => clearInterval(timer),
  };
};
