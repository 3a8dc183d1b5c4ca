import { retell } from './retell.ts';
import { runStory } from './run-story.ts';
import { shrink } from './shrink.ts';
import { tellStory } from './story/story.ts';

/** Tells the stories of these seeds; throws the first that fails, made short. */
export const expectToHold = async (from: number, to: number): Promise<void> => {
  for (let seed = from; seed <= to; seed += 1) {
    const story = tellStory(seed);
    const ending = await runStory(story);
    if (ending.violations.length === 0) continue;
    const short = await shrink({ story, ending }, (each) => runStory(each));
    throw new Error(`${retell(short.story, short.ending)}\nAgain: npm run simulate -- --seed ${seed}`);
  }
};
