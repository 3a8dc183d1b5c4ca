/** A name, quoted as Postgres wants it. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A text, quoted as Postgres wants it. */
export const literal = (text: string): string => {
  const quoted = `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  return text.includes('\\') ? `E${quoted}` : quoted;
};
