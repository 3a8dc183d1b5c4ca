import { expect, it } from 'vitest';
import { reachedAt } from './reached-at.ts';

const direct = { host: 'localhost:4000' };
const viaProxy = {
  host: 'gateway-1:4000',
  'x-forwarded-host': 'shop.example',
  'x-forwarded-proto': 'https',
};
const answer = (host?: string, proto?: string) => ({
  ...(host ? { 'x-forwarded-host': host } : {}),
  ...(proto ? { 'x-forwarded-proto': proto } : {}),
});

it.each([
  ['directly: the host that was asked, without TLS', direct, 0, answer('localhost:4000', 'http')],
  ['a trusted proxy: what it says', viaProxy, 1, answer('shop.example', 'https')],
  [
    'a trusted proxy that keeps the host',
    { ...direct, 'x-forwarded-proto': 'http' },
    1,
    answer('localhost:4000', 'http'),
  ],
  ['a trusted proxy that does not speak of TLS', direct, 1, answer('localhost:4000')],
  [
    'a proxy that nobody trusts: its host is not believed, nor that there is no TLS',
    viaProxy,
    0,
    answer('gateway-1:4000'),
  ],
  [
    'a claim that nobody is trusted to make',
    { ...direct, 'x-forwarded-proto': 'http' },
    0,
    answer('localhost:4000'),
  ],
  ['no host', {}, 0, answer(undefined, 'http')],
])('%s', (_case, headers, trustedHops, expected) => {
  expect(reachedAt(headers, trustedHops)).toEqual(expected);
});
