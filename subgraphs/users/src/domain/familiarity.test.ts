import { describe, expect, it } from 'vitest';
import { isWorthAMail } from './familiarity.ts';

const known = { isFirst: false, knowsNetwork: true, knowsDevice: true };

describe('a sign-in', () => {
  it.each([
    ['any', 'from a known device and network', known, false],
    ['any', 'from a new network', { ...known, knowsNetwork: false }, true],
    ['any', 'from a new device', { ...known, knowsDevice: false }, true],
    ['device', 'from a new network', { ...known, knowsNetwork: false }, false],
    ['device', 'from a new device', { ...known, knowsDevice: false }, true],
    ['off', 'from a new device', { ...known, knowsDevice: false }, false],
    ['any', 'that is the first', { isFirst: true, knowsNetwork: false, knowsDevice: false }, false],
  ] as const)('with mails for "%s" %s: %s, mail: %s', (mails, _what, familiarity, isMailed) =>
    expect(isWorthAMail(mails, familiarity)).toBe(isMailed),
  );
});
