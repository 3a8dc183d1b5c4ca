/** Where somebody may be sent after signing in at a provider: pages of our own, and nowhere that only looks like them. */

const longestReturnAddress = 2_000;

/** Printable ASCII without the backslash, which browsers take for a slash. */
const plain = /^[\x21-\x5b\x5d-\x7e]+$/;

/** A path, or an address whose host follows two slashes at once: not everybody reads "@" and "///" alike. */
const pathOrHost = /^(\/(?!\/)|https?:\/\/[^/?#@]+([/?#]|$))/i;

/** Slashes that somebody hid by escaping them, once or over and over. */
const hiddenSlash = /%(25)*(2f|5c)/i;

/**
 * The address as it is kept, absolute, or null where nobody may be sent. A path belongs to the first origin; anything
 * else must be an address of one of the origins.
 */
export const readReturnAddress = (text: string, origins: readonly string[]): string | null => {
  if (text.length > longestReturnAddress || !plain.test(text) || !pathOrHost.test(text)) return null;
  const base = text.startsWith('/') ? origins[0] : undefined;
  if (!URL.canParse(text, base)) return null;
  const { origin, pathname, href } = new URL(text, base);
  const isPlain = !pathname.startsWith('//') && !hiddenSlash.test(pathname);
  return origins.includes(origin) && isPlain ? href : null;
};
