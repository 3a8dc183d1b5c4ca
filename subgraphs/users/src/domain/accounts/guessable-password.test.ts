import { describe, expect, it } from 'vitest';
import { isGuessable } from './guessable-password.ts';

const ada = { email: 'ada.lovelace@example.org', name: 'Ada Lovelace' };
const common = new Set(['basketball', 'qwertyuiop', 'пароль']);
const guess = (password: string, owner = ada) => isGuessable(password, owner, (text) => common.has(text));

describe('a password', () => {
  it.each([
    ['that many have', 'basketball'],
    ['in capitals', 'BasketBALL'],
    ['in wide letters', 'ｑｗｅｒｔｙｕｉｏｐ'],
    ['with digits and signs at its ends', '!!Basketball2026?'],
    ['of one character', 'zzzzzzzzzzzz'],
    ['of one character in two sizes', 'zZzZzZzZzZzZ'],
    ['of one character outside the plane', '🔑'.repeat(12)],
    ['of another script', 'Пароль2026!!'],
    ['that is its owner’s address', 'Ada.Lovelace@Example.org'],
    ['that is the address before the @', 'ada.lovelace'],
    ['that is its owner’s name', 'Ada Lovelace'],
    ['that is the name without a space', 'AdaLovelace1'],
    ['that is a part of the name, and a year', 'Lovelace1815'],
    ['that is the name twice', 'lovelacelovelace'],
  ])('%s is guessable', (_what, password) => expect(guess(password)).toBe(true));

  it.each([
    ['of some words', 'correct horse battery'],
    ['that has a common word among others', 'basketball in the rain'],
    ['that has the name among others', 'lovelace knew engines'],
    ['of nothing that is known', 'x7!pQ-vv0a'],
  ])('%s is not', (_what, password) => expect(guess(password)).toBe(false));

  it('may have a short name in it', () =>
    expect(guess('canada goose', { email: 'ad@example.org', name: 'Ada' })).toBe(false));
});
