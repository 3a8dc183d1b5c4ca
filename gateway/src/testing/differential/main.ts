/** `npm run differential -- --seeds 5000 --from 0`: the long form of the differential test. */
import { parseArgs } from 'node:util';
import { committedGraph } from './committed-graph.ts';
import { differ } from './differ.ts';
import { serveGraph } from './served-graph.ts';
import { testGraph } from './test-graph.ts';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '2000' }, from: { type: 'string', default: '0' } },
});
const [seeds, from] = [Number(values.seeds), Number(values.from)];
const every = 250;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

let differences = 0;
for (const [name, subgraphs] of [
  ['test graph', testGraph],
  ['committed graph', committedGraph()],
] as const) {
  const served = serveGraph(subgraphs);
  let valid = 0;
  for (let seed = from; seed < from + seeds; seed++) {
    const difference = await differ(served, `${name} ${seed}`);
    if (difference !== null) valid += 1;
    if (difference) {
      differences += 1;
      say(JSON.stringify(difference, null, 2));
    }
    const done = seed - from + 1;
    if (done % every === 0 || done === seeds)
      say(`${name}: ${done} of ${seeds} operations, ${valid} valid, ${differences} differences`);
  }
}
process.exitCode = differences > 0 ? 1 : 0;
