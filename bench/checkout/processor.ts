import { type Graph, type GraphMember, graphMembers } from '@emporium/local-stack';
import { processorMsOf } from '../stage/family.ts';

/** A part of the graph, or the bench itself with all its buyers. */
export type Worker = GraphMember | 'buyers';

export const workers: readonly Worker[] = [...graphMembers, 'buyers'];

/** Milliseconds of processor time. */
export type ProcessorTime = ReadonlyMap<Worker, number>;

const ownMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const read = (graph: Graph): ProcessorTime =>
  new Map(workers.map((name) => [name, name === 'buyers' ? ownMs() : processorMsOf(graph.pid(name))]));

/** What each took while `work` went on. */
export const processorTimeOf = async <T>(
  graph: Graph,
  work: () => Promise<T>,
): Promise<[T, ProcessorTime]> => {
  const before = read(graph);
  const result = await work();
  const after = read(graph);
  return [result, new Map(workers.map((name) => [name, (after.get(name) ?? 0) - (before.get(name) ?? 0)]))];
};
