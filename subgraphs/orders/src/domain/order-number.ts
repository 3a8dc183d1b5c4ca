import type { Id } from '@emporium/domain';

/** Crockford's base 32: no I, L, O or U, so that a number can be read out over the telephone. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const characters = 12;

/** The order's number as people see it, such as `E7K3-9Q2M-4TXB`: the last 60 bits of its UUIDv7, which are random. */
export const orderNumber = (id: Id<'Order'>): string => {
  let rest = BigInt(`0x${id.replaceAll('-', '').slice(-15)}`);
  let text = '';
  for (let index = 0; index < characters; index += 1) {
    text = `${alphabet[Number(rest % 32n)]}${text}`;
    rest /= 32n;
  }
  return text.replace(/(.{4})(?=.)/g, '$1-');
};
