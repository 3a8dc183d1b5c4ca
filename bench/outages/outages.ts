import { setTimeout as delay } from 'node:timers/promises';
import { type Graph, type GraphMember, graphMembers } from '@emporium/local-stack';
import { eventually } from '@emporium/testing';

/** A part that was away; times in milliseconds, as `performance.now()` counts. */
export type Outage = { readonly part: GraphMember; readonly from: number; readonly until: number };

/** Until whoever watches over it has noticed. */
const unnoticedMs = 1_000;
const backWithinMs = 60_000;

/** Resolves once every service says that it is ready. */
const allReady = (graph: Graph): Promise<void> =>
  eventually(
    async () => {
      for (const [name, url] of Object.entries(graph.urls)) {
        const { ok } = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) });
        if (!ok) throw new Error(`${name} is not ready`);
      }
    },
    { timeout: backWithinMs, every: 50 },
  );

/** Numbers that look random and follow from the seed (a linear congruential generator, MINSTD). */
const randomPart = (seed: number): (() => GraphMember) => {
  let state = (seed * 48_271) % 2_147_483_647;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return graphMembers[state % graphMembers.length] as GraphMember;
  };
};

/**
 * Kills a part every so many milliseconds and starts it again, until it is told that it is over. An outage lasts until every
 * service says that it is ready, not only the one that was killed.
 */
export const killParts = async (
  graph: Graph,
  { seed, everyMs, over }: { seed: number; everyMs: number; over: AbortSignal },
  onKill: (part: GraphMember) => void,
): Promise<readonly Outage[]> => {
  const next = randomPart(seed);
  const outages: Outage[] = [];
  for (let turn = 1, began = performance.now(); ; turn += 1) {
    await delay(Math.max(0, began + turn * everyMs - performance.now()), undefined, { signal: over }).catch(
      () => undefined,
    );
    if (over.aborted) return outages;
    const part = next();
    onKill(part);
    const from = performance.now();
    await graph.kill(part);
    await delay(unnoticedMs);
    await graph.restart(part);
    await allReady(graph);
    outages.push({ part, from, until: performance.now() });
  }
};
