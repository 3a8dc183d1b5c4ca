import { describe, expect, it } from 'vitest';
import { committedGraph } from '../testing/differential/committed-graph.ts';
import { differ } from '../testing/differential/differ.ts';
import { type SubgraphSource, serveGraph } from '../testing/differential/served-graph.ts';
import { testGraph } from '../testing/differential/test-graph.ts';

const graphs: readonly [string, readonly SubgraphSource[], number][] = [
  ['a graph with all that federation knows', testGraph, 250],
  ['the committed graph', committedGraph(), 100],
];

describe.each(graphs)('%s', (name, subgraphs, seeds) => {
  it('answers random operations as if it were one', { timeout: 60_000 }, async () => {
    const served = serveGraph(subgraphs);
    let valid = 0;
    for (let seed = 0; seed < seeds; seed++) {
      const difference = await differ(served, `${name} ${seed}`);
      if (difference === null) continue;
      valid += 1;
      expect(difference).toBeUndefined();
    }
    expect(valid).toBeGreaterThan(seeds / 3);
  });
});
