import { badUserInput } from './errors.ts';

/** ISO/IEC 7812: of 12 to 19 digits the last checks the others (Luhn). */
const isChecked = (digits: string): boolean => {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
};

const [shortest, longest] = [12, 19];

const isNumber = (digits: string): boolean =>
  /^\d+$/.test(digits) && digits.length >= shortest && digits.length <= longest && isChecked(digits);

/** However it is grouped, and whatever its digits are written with. */
const isCardNumber = (text: string): boolean =>
  isNumber(text.normalize('NFKC').replaceAll(/[^\p{L}\p{N}]/gu, ''));

/** A number with something before or after it, such as `tok_4242…`. */
const hasCardNumberApart = (text: string): boolean =>
  text
    .normalize('NFKC')
    .split(/[^\p{L}\p{N}]/u)
    .some((part) => /^[2-6]/.test(part) && isNumber(part));

/** Whether any of the digits in a row are a card's: those of banks and card companies, which begin with 2 to 6. */
const holdsCardNumber = (text: string): boolean =>
  [...text.normalize('NFKC').matchAll(/\d(?:[\s.-]?\d)+/g)].some(([run]) => {
    const digits = run.replaceAll(/\D/g, '');
    for (let start = 0; start + shortest <= digits.length; start += 1) {
      if (!/[2-6]/.test(digits.charAt(start))) continue;
      for (let end = start + shortest; end <= Math.min(start + longest, digits.length); end += 1)
        if (isChecked(digits.slice(start, end))) return true;
    }
    return false;
  });

/** Where the card provider's token belongs nobody sends the card's number: it would travel, and be kept for a while. It is not repeated in the error. */
export const refuseCardNumber = (token: string, field: string): void => {
  if (isCardNumber(token) || hasCardNumberApart(token))
    throw badUserInput(
      'This is a card number. Send the `token` that the card provider gave for it.',
      field,
    );
};

/** What people write about a card holds no number of one either, nor what might be it. */
export const refuseCardNumberIn = (text: string, field: string): void => {
  if (holdsCardNumber(text))
    throw badUserInput('There may be a card number in this. Name a card without its number.', field);
};

/** Nor is a key that a client chooses. Keys of digits are mostly milliseconds, which begin with a 1. */
export const refuseCardNumberAsKey = (key: string, field: string): void => {
  if (/^\s*[2-6]/.test(key) && isCardNumber(key))
    throw badUserInput('This is a card number. Choose a key of your own.', field);
};
