import type { IncomingHttpHeaders } from 'node:http';
import type { HeaderRules } from './header-rules.ts';

/** Headers by their names in small letters. */
export type Headers = Readonly<Record<string, string>>;

export type Propagation = {
  /** Of a client's headers those that some subgraph gets. */
  read(headers: IncomingHttpHeaders): Headers;
  /** Of these, what one subgraph gets; the function is made once. */
  toSubgraph(name: string): (headers: Headers) => Headers;
  /** Subgraphs that the rules name. */
  readonly named: readonly string[];
};

const everySubgraph = '*';
const nothing: Headers = {};

export const createPropagation = (rules: HeaderRules): Propagation => {
  const forAll = rules[everySubgraph] ?? [];
  return {
    read: picker(Object.values(rules).flat()),
    toSubgraph: (name) => picker([...forAll, ...(rules[name] ?? [])]),
    named: Object.keys(rules).filter((name) => name !== everySubgraph),
  };
};

const picker = (names: readonly string[]): ((headers: IncomingHttpHeaders) => Headers) => {
  if (names.length === 0) return () => nothing;
  const sorted = [...new Set(names)].sort();
  return (headers) => {
    const picked: Record<string, string> = {};
    for (const name of sorted) {
      const value = headers[name];
      if (typeof value === 'string') picked[name] = value;
    }
    return picked;
  };
};
