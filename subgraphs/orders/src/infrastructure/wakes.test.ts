import { asId } from '@emporium/domain';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWakes } from './wakes.ts';

const mine = asId<'Order'>('mine');
const about = (orderId: string) => ({ payload: { orderId } });

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
    wakes.moved([mine, asId('other')]);
    wakes.heard({ subject: 'emporium.orders.confirmed.v1', envelope: about('mine') });
    wakes.heard({ subject: 'emporium.orders.confirmed.v1', envelope: about('other') });
    wakes.heard({ subject: 'emporium.orders.confirmed.v1', envelope: 'nonsense' });
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
