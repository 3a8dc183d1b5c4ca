import { describe, expect, it } from 'vitest';
import { refuseCardNumber } from './refuse-card-number.ts';

describe('a card number in the place of a token', () => {
  it.each(['4242424242424242', '4242 4242 4242 4242', '3782-822463-10005', '6304000000000000'])(
    'is refused, and not repeated: %s',
    (number) => {
      try {
        refuseCardNumber(number, 'input.token');
        expect.unreachable();
      } catch (error) {
        expect(error).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field: 'input.token' } });
        expect(JSON.stringify(error)).not.toContain(number);
      }
    },
  );
  it.each(['tok_ok', 'tok_4242424242424242', '4242424242424241', '42424242', '4'.repeat(20)])(
    'is not what this is: %s',
    (token) => expect(() => refuseCardNumber(token, 'input.token')).not.toThrow(),
  );
});
