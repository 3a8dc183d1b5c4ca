import { expect, it } from 'vitest';
import { clientAddress } from './client-address.ts';

it.each([
  ['no proxy: the header is the client’s own invention', '6.6.6.6', '10.0.0.1', 0, '10.0.0.1'],
  ['one proxy', '6.6.6.6, 1.2.3.4', '10.0.0.1', 1, '1.2.3.4'],
  ['two proxies', '6.6.6.6, 1.2.3.4, 10.0.0.2', '10.0.0.1', 2, '1.2.3.4'],
  ['fewer hops than proxies', '1.2.3.4', '10.0.0.1', 5, '1.2.3.4'],
  ['no header', undefined, '10.0.0.1', 1, '10.0.0.1'],
  ['IPv4 in IPv6', undefined, '::ffff:10.0.0.1', 0, '10.0.0.1'],
  ['IPv6', undefined, '2001:db8::1', 0, '2001:db8::1'],
])('%s', (_case, forwardedFor, peer, hops, expected) => {
  expect(clientAddress(forwardedFor, peer, hops)).toBe(expected);
});
