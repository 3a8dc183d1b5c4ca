import { asId } from '@emporium/domain';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWakes } from './wakes.ts';

const mine = asId<'Order'>('mine');
const about = (orderId: string, id = 'theirs') => ({ id, payload: { orderId } });
const confirmed = 'emporium.orders.confirmed.v1';

describe('wake-ups', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('come for one order’s own news', () => {
    const wakes = createWakes();
    const wake = vi.fn();
    wakes.on(mine, wake);
    wakes.moved(new Set([mine, asId<'Order'>('other')]), []);
    wakes.heard({ subject: confirmed, envelope: about('mine') });
    wakes.heard({ subject: confirmed, envelope: about('other') });
    wakes.heard({ subject: confirmed, envelope: 'nonsense' });
    expect(wake).toHaveBeenCalledTimes(2);
  });

  it('come once for a commit of ours, whose message is heard, too', () => {
    const wakes = createWakes();
    const wake = vi.fn();
    wakes.on(mine, wake);
    wakes.moved(new Set([mine]), [{ id: 'ours', aggregateId: mine }]);
    wakes.heard({ subject: confirmed, envelope: about('mine', 'ours') });
    expect(wake).toHaveBeenCalledTimes(1);
    wakes.moved(new Set(), [{ id: 'told', aggregateId: mine }]);
    wakes.heard({ subject: confirmed, envelope: about('mine', 'told') });
    expect(wake).toHaveBeenCalledTimes(2);
  });

  it('come again after others’ news, until they stop', () => {
    const wakes = createWakes();
    const wake = vi.fn();
    wakes.on(mine, wake);
    wakes.heard({ subject: 'emporium.payments.released.v1', envelope: about('mine') });
    expect(wake).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(300);
    expect(wake).toHaveBeenCalledTimes(2);
    wakes.stop();
    vi.runAllTimers();
    expect(wake).toHaveBeenCalledTimes(2);
  });

  it('end for one listener at a time', () => {
    const wakes = createWakes();
    const wake = vi.fn();
    const stopFirst = wakes.on(mine, wake);
    wakes.on(mine, wake);
    stopFirst();
    stopFirst();
    wakes.all();
    expect(wake).toHaveBeenCalledTimes(1);
  });
});
