/** One graph for all that breaks a part and starts it again: each leaves it whole. */
import { ownGraph } from '../graph/own-graph.ts';
import { brokerDown } from './broker-down.ts';
import { partialOutage } from './partial-outage.ts';
import { subgraphKilled } from './subgraph-killed.ts';

const graph = ownGraph();

brokerDown(graph);
partialOutage(graph);
subgraphKilled(graph);
