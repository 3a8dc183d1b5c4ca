import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { createCrash } from './crash-point.ts';

it('ends the process once, where it was armed and nowhere else', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'crash-points-'));
  const end = vi.fn();
  const crash = createCrash({ CRASH_POINTS: folder }, end);
  writeFileSync(path.join(folder, 'before-ack orders_placed'), '');
  crash('after-commit', 'orders_placed');
  crash('before-ack', 'payments_placed');
  expect(end).not.toHaveBeenCalled();
  crash('before-ack', 'orders_placed');
  crash('before-ack', 'orders_placed');
  expect(end).toHaveBeenCalledTimes(1);
  expect(readdirSync(folder)).toEqual([]);
});

it('is refused in production', () => {
  expect(() => createCrash({ CRASH_POINTS: '/tmp', NODE_ENV: 'production' })).toThrow(
    'refused in production',
  );
});
