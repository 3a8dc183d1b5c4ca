import type { Violation } from './checks/check.ts';
import type { PlantedFault } from './planted/faults.ts';
import { runStory } from './run-story.ts';
import { tellStory } from './story/story.ts';

/** The first seed that finds a planted fault, and by which rule; null when none does. */
export type Found = { readonly seed: number; readonly violation: Violation } | null;

/** Tells stories with the fault in them until one fails. */
export const findPlanted = async ({ seams }: PlantedFault, seeds: number, from = 1): Promise<Found> => {
  for (let seed = from; seed < from + seeds; seed += 1) {
    const { violations } = await runStory(tellStory(seed), { seams: seams() });
    const [violation] = violations;
    if (violation) return { seed, violation };
  }
  return null;
};
