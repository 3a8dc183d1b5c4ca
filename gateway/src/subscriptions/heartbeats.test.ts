import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHeartbeats } from './heartbeats.ts';

const periodMs = 12_000;

const createSocket = ({ answers }: { answers: boolean }) => {
  const listeners: (() => void)[] = [];
  return {
    ping: vi.fn(() => {
      if (answers) for (const heard of listeners) heard();
    }),
    terminate: vi.fn(),
    on: (_event: 'pong', heard: () => void) => listeners.push(heard),
  };
};

describe('heartbeats', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('leave a socket open that answers', () => {
    const socket = createSocket({ answers: true });
    createHeartbeats(periodMs).watch(socket);
    vi.advanceTimersByTime(3 * periodMs);
    expect(socket.ping).toHaveBeenCalledTimes(3);
    expect(socket.terminate).not.toHaveBeenCalled();
  });

  it('end a socket that did not answer by the next time', () => {
    const socket = createSocket({ answers: false });
    createHeartbeats(periodMs).watch(socket);
    vi.advanceTimersByTime(periodMs);
    expect(socket.terminate).not.toHaveBeenCalled();
    vi.advanceTimersByTime(periodMs);
    expect(socket.terminate).toHaveBeenCalled();
    expect(socket.ping).toHaveBeenCalledTimes(1);
  });

  it('do not ping all at once', () => {
    const heartbeats = createHeartbeats(periodMs);
    const sockets = Array.from({ length: 24 }, () => createSocket({ answers: true }));
    for (const socket of sockets) heartbeats.watch(socket);
    vi.advanceTimersByTime(periodMs / 12);
    expect(sockets.filter(({ ping }) => ping.mock.calls.length > 0)).toHaveLength(2);
  });

  it('forget a socket that has closed', () => {
    const socket = createSocket({ answers: false });
    const forget = createHeartbeats(periodMs).watch(socket);
    forget();
    vi.advanceTimersByTime(3 * periodMs);
    expect(socket.ping).not.toHaveBeenCalled();
  });
});
