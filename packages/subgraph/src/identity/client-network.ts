import { isIPv6 } from 'node:net';

const mappedIpv4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

const groupsOf = (text: string): string[] => (text === '' ? [] : text.split(':'));

/**
 * What a client can be counted by: its IPv4 address, or the /64 network of its IPv6 address, since whoever has one
 * address of such a network usually has them all.
 */
export const networkOf = (address: string): string => {
  const bare = address.split('%', 1)[0] ?? '';
  if (!isIPv6(bare)) return address;
  const mapped = mappedIpv4.exec(bare)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail = ''] = bare.split('::');
  const [first, last] = [groupsOf(head), groupsOf(tail)];
  const zeros = Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0');
  const network = [...first, ...zeros, ...last].slice(0, 4);
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
};

/** What all who come from one network are counted by; those whose address is not known are one. */
export const sourceOf = (address: string | null): string =>
  address === null ? 'unknown' : networkOf(address);
