import { badUserInput } from './errors.ts';

/** ISO/IEC 7812: 12 to 19 digits, of which the last checks the others (Luhn). */
const isCardNumber = (text: string): boolean => {
  const digits = text.replaceAll(/[\s-]/g, '');
  if (!/^\d{12,19}$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
};

/** Where the card provider's token belongs nobody sends the card's number: it would travel, and be kept for a while. It is not repeated in the error. */
export const refuseCardNumber = (token: string, field: string): void => {
  if (isCardNumber(token))
    throw badUserInput(
      'This is a card number. Send the `token` that the card provider gave for it.',
      field,
    );
};
