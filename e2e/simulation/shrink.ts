import type { Ending } from './run-story.ts';
import type { Story } from './story/story.ts';

/** A story that fails, and how it ends. */
export type Failure = { readonly story: Story; readonly ending: Ending };

const mostRuns = 200;

/**
 * Makes a story that fails shorter for as long as it breaks the same rule: by halves, quarters and so on of what is done and of
 * what goes wrong, until nothing can be left out, or enough was tried.
 */
export const shrink = async (
  failure: Failure,
  run: (story: Story) => Promise<Ending>,
): Promise<Failure> => {
  const rule = failure.ending.violations[0]?.rule;
  let best = failure;
  let runs = 0;
  const fails = async (story: Story): Promise<boolean> => {
    runs += 1;
    const ending = await run(story);
    if (!ending.violations.some((violation) => violation.rule === rule)) return false;
    best = { story, ending };
    return true;
  };
  const leaveOut = async <Part extends 'operations' | 'faults'>(part: Part): Promise<boolean> => {
    let isShorter = false;
    for (
      let size = Math.ceil(best.story[part].length / 2);
      size > 0;
      size = size === 1 ? 0 : Math.ceil(size / 2)
    ) {
      for (let from = 0; from < best.story[part].length && runs < mostRuns; ) {
        const rest = best.story[part].filter((_, index) => index < from || index >= from + size);
        if (await fails({ ...best.story, [part]: rest })) isShorter = true;
        else from += size;
      }
    }
    return isShorter;
  };
  for (let isShorter = true; isShorter && runs < mostRuns; ) {
    const [faults, operations] = [await leaveOut('faults'), await leaveOut('operations')];
    isShorter = faults || operations;
  }
  return best;
};
