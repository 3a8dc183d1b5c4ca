import { describe, expect, it } from 'vitest';
import { createAlarm } from './alarm.ts';

describe('an alarm', () => {
  it('wakes who sleeps', async () => {
    const alarm = createAlarm();
    const waking = alarm.wait(60_000);
    alarm.ring();
    expect(await waking).toBe(true);
  });
  it('keeps rings for who is awake, as one', async () => {
    const alarm = createAlarm();
    alarm.ring();
    alarm.ring();
    expect(await alarm.wait(60_000)).toBe(true);
    expect(await alarm.wait(0)).toBe(false);
  });
});
