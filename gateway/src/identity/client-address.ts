/**
 * The client's address, `trustedHops` proxies away: each proxy appends whom it heard from to x-forwarded-for, so the
 * entry that the outermost trusted one wrote is the client's; what stands before it the client may have made up.
 */
export const clientAddress = (
  forwardedFor: string | undefined,
  peer: string | undefined,
  trustedHops: number,
): string => {
  const hops = (forwardedFor ?? '')
    .split(',')
    .map((hop) => hop.trim())
    .filter((hop) => hop !== '');
  const chain = [...hops, peer ?? ''];
  const address = chain[Math.max(0, chain.length - 1 - trustedHops)] ?? '';
  return address.replace(/^::ffff:(?=\d+\.)/, '');
};
