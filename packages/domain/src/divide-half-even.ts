/** The quotient of what is not negative, rounded to the nearest whole number; of two that are as near, to the even one. */
export const divideHalfEven = (numerator: bigint, denominator: bigint): bigint => {
  const [quotient, twice] = [numerator / denominator, (numerator % denominator) * 2n];
  const isUp = twice > denominator || (twice === denominator && quotient % 2n === 1n);
  return isUp ? quotient + 1n : quotient;
};
