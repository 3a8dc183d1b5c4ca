/** What somebody types where a one-time code is asked for. */
export type TypedCode =
  | { readonly kind: 'TOTP'; readonly digits: string }
  | { readonly kind: 'RECOVERY'; readonly code: string };

/** Crockford's base 32: no letter that could be taken for another. */
export const recoveryAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 80 bits: too many to guess, even with the table of fingerprints in hand. */
export const recoveryLength = 16;

const longest = 40;
const plausible = /^[0-9A-Za-z -]+$/;
const sixDigits = /^[0-9]{6}$/;
const recoveryCode = new RegExp(`^[${recoveryAlphabet}]{${recoveryLength}}$`);

const mistaken: Readonly<Record<string, string>> = { I: '1', L: '1', O: '0' };

/** Reads a code however it was grouped; null for what cannot be one. ASCII alone: other scripts have digits too. */
export const readTypedCode = (text: string): TypedCode | null => {
  if (text.length > longest || !plausible.test(text)) return null;
  const compact = text.replaceAll(/[ -]/g, '').toUpperCase();
  if (sixDigits.test(compact)) return { kind: 'TOTP', digits: compact };
  const code = compact.replaceAll(/[ILO]/g, (letter) => mistaken[letter] ?? letter);
  return recoveryCode.test(code) ? { kind: 'RECOVERY', code } : null;
};

/** `ABCD-EFGH-JKMN-PQRS`, as a person would copy it. */
export const groupRecoveryCode = (code: string): string => code.match(/.{4}/g)?.join('-') ?? code;
