import { type Progress, startProgress } from '@emporium/subgraph/progress';
import { type ResealOptions, reseal } from './reseal.ts';

const shownRows = 10;

/** Seals anew, and says so at the terminal. Throws when that could not be done, or not to the end. */
export const runReseal = async (
  options: Pick<ResealOptions, 'prisma' | 'tables' | 'keys'>,
): Promise<void> => {
  let progress: Progress | undefined;
  const { unreadable, left } = await reseal({
    ...options,
    begun: (total) => {
      progress = startProgress('sealed anew', total, 'rows');
    },
    advanced: (by) => progress?.advance(by),
  });
  progress?.done();
  if (unreadable.length > 0)
    throw new Error(
      `${unreadable.length} rows cannot be opened and are as they were: ${unreadable.slice(0, shownRows).join(', ')}`,
    );
  if (left > 0)
    throw new Error(
      `${left} rows changed meanwhile. Run it again, once every replica of the service has the new key.`,
    );
  process.stdout.write(`Everything is sealed with the key ${options.keys[0]?.kid}.\n`);
};
