import { isIPv6 } from 'node:net';

/**
 * What a client's address can be counted by: an IPv4 address itself, of an IPv6 address its /64, since whoever has one
 * address of such a network usually has them all.
 */
export const networkOf = (address: string): string => {
  if (!isIPv6(address)) return address;
  const given = address.split(':').filter((group) => group !== '').length;
  const groups = address
    .replace('::', `:${'0:'.repeat(8 - given)}`)
    .replace(/^:/, '')
    .split(':');
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
};
