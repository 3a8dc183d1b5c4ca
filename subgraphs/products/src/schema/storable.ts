/** Postgres takes no NUL in a text, so nothing is called so. */
export const isAskable = (key: string): boolean => !key.includes('\0');

/** The same text, or one that nothing is called. */
export const storable = (text: string): string => text.replaceAll('\0', '\uFFFD');
