import { access } from 'node:fs/promises';
import path from 'node:path';

/** Where the supergraph's file is; a relative path is looked for in `from` and in the folders above it. */
export const findSupergraph = async (location: string, from: string): Promise<string> => {
  const candidates = path.isAbsolute(location)
    ? [location]
    : upwards(from).map((dir) => path.join(dir, location));
  for (const candidate of candidates) {
    const exists = await access(candidate).then(
      () => true,
      () => false,
    );
    if (exists) return candidate;
  }
  throw new Error(
    `There is no supergraph at ${location} (SUPERGRAPH_PATH), seen from ${from}. "npm run generate" makes it.`,
  );
};

const upwards = (from: string): string[] => {
  const parent = path.dirname(from);
  return parent === from ? [from] : [from, ...upwards(parent)];
};
