/** Decimals of at most six places as whole numbers of millionths, and back. */
const digits = 6;

export const million = 10n ** BigInt(digits);

/** Of what is not negative. */
export const readMillionths = (decimal: string): bigint => {
  const [whole = '', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(digits, '0'));
};

/** Without zeros at the end: "1.5". */
export const showMillionths = (millionths: bigint): string => {
  const text = millionths.toString().padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`.replace(/\.?0+$/, '');
};
