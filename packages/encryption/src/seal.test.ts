import { describe, expect, it } from 'vitest';
import { newDataKey } from './new-seal.ts';
import { createSeal } from './seal.ts';

const [first, second] = [newDataKey('2026-01'), newDataKey('2026-02')];
const place = 'second_factors/ada/secret';
const { seal, open } = createSeal([first]);

describe('a sealed text', () => {
  it.each(['', 'JBSWY3DPEHPK3PXP', 'Zoë 👋', 'x'.repeat(10_000)])(
    'is opened where it was put: %s',
    (text) => {
      const sealed = seal(text, place);
      expect(open(sealed, place)).toBe(text);
      if (text !== '') expect(sealed).not.toContain(text);
    },
  );

  it('never looks the same twice', () => expect(seal('x', place)).not.toBe(seal('x', place)));

  it('cannot be opened in another place', () =>
    expect(() => open(seal('x', place), 'second_factors/eve/secret')).toThrow());

  it('cannot be changed, cut, or given another key’s name', () => {
    const sealed = seal('secret', place);
    const [form, kid, text = ''] = sealed.split('.');
    const bytes = Buffer.from(text, 'base64url');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => open(`${form}.${kid}.${changed.toString('base64url')}`, place)).toThrow();
    }
    expect(() => open(`${form}.${kid}.${bytes.subarray(0, -1).toString('base64url')}`, place)).toThrow();
    const both = createSeal([{ ...first, kid: 'other' }, first]);
    expect(() => both.open(sealed.replace(first.kid, 'other'), place)).toThrow();
  });

  it.each(['', 'x', 's1', 's1.2026-01', 's1.2026-01.', 's2.2026-01.AAAA', 's1.2026-01.AAAA.AAAA'])(
    'is not %j',
    (text) => expect(() => open(text, place)).toThrow('no sealed text'),
  );

  it('outlives its key’s place as the first', () => {
    const sealed = seal('x', place);
    const rotated = createSeal([second, first]);
    expect(rotated.open(sealed, place)).toBe('x');
    expect(() => createSeal([second]).open(sealed, place)).toThrow('the key 2026-01 is not known');
  });
});
