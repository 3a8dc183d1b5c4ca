import { describe, expect, it } from 'vitest';
import { changePreferences, defaultPreferences } from './preferences.ts';

const unchanged = { locale: null, currency: null, channels: null };

describe('preferences', () => {
  it('stay as they are where nothing is said', () =>
    expect(changePreferences(defaultPreferences, unchanged)).toEqual(defaultPreferences));
  it('change one by one', () =>
    expect(changePreferences(defaultPreferences, { ...unchanged, locale: 'de-AT' })).toEqual({
      ...defaultPreferences,
      locale: 'de-AT',
    }));
  it('may leave no channel, and hold each once', () => {
    expect(changePreferences(defaultPreferences, { ...unchanged, channels: [] }).channels).toEqual([]);
    expect(
      changePreferences(defaultPreferences, { ...unchanged, channels: ['SMS', 'SMS', 'PUSH'] }).channels,
    ).toEqual(['SMS', 'PUSH']);
  });
});
