import { subgraphConfig } from '../subgraph-config.ts';

export default subgraphConfig('payments');
