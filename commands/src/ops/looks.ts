/** The commands that only look. */
import { type Client, dataOf } from '@emporium/client';
import { ageOf, table } from '../terminal/table.ts';
import { firstOf, type Options, wholeNumber } from './read-arguments.ts';
import { namedOrAll, type Subgraph } from './subgraphs.ts';

/** The exit code when what was asked of several is not known of all. */
const incomplete = 1;

type Asked = { readonly declared?: string; readonly values?: Record<string, unknown> };
type Of<Part> = Part & { readonly subgraph: Subgraph };
type Nodes<Node> = { readonly edges: readonly { readonly node: Node }[] };

/** What is shown: for people, and for scripts. */
export type Shown = { readonly text: string; readonly json: unknown };

export type Parked = {
  readonly id: string;
  readonly consumer: string;
  readonly eventId: string;
  readonly subject: string;
  readonly reason: string;
  readonly attempts: number;
  readonly parkedAt: string;
  readonly replayAskedAt: string | null;
  readonly resolution: string | null;
  readonly resolvedAt: string | null;
  readonly correlationId: string | null;
  readonly causationId: string | null;
  readonly traceparent: string | null;
  readonly envelope?: string | null;
};

export const parkedFields =
  'id consumer eventId subject reason attempts parkedAt replayAskedAt resolution resolvedAt correlationId causationId traceparent';

/** The same of several subgraphs in one request, and who did not answer: an operator looks while something is down. Throws when nobody did. */
export const askEach = async <Part>(
  client: Client,
  names: readonly Subgraph[],
  selection: string,
  variables: Asked = {},
): Promise<{ readonly parts: readonly Of<Part>[]; readonly silent: readonly Subgraph[] }> => {
  const fields = names.map((name) => `${name}: ${name}Operations { ${selection} }`).join(' ');
  const answer = await client.request<Record<Subgraph, Part | null>>(
    `query Ops${variables.declared ? `(${variables.declared})` : ''} { ${fields} }`,
    variables.values,
  );
  const { data } = answer;
  const parts = names.flatMap((name) => {
    const part = data?.[name];
    return part ? [{ ...part, subgraph: name }] : [];
  });
  if (parts.length === 0) dataOf({ ...answer, data: null });
  const silent = names.filter((name) => !data?.[name]);
  return { parts, silent };
};

/** What those say that answer; the others are named, and the exit code says that it is not all. */
const listEach = async <Part>(...asked: Parameters<typeof askEach<Part>>): Promise<readonly Of<Part>[]> => {
  const { parts, silent } = await askEach<Part>(...asked);
  for (const name of silent) process.stderr.write(`${name} does not answer.\n`);
  if (silent.length > 0) process.exitCode = incomplete;
  return parts;
};

export const listParked = async (client: Client, options: Options): Promise<Shown> => {
  const found = await listEach<{ parkedMessages: Nodes<Parked> }>(
    client,
    namedOrAll(options.subgraph),
    `parkedMessages(first: $first, filter: $filter) { edges { node { ${parkedFields} } } }`,
    {
      declared: '$first: Int, $filter: ParkedMessageFilter',
      values: {
        first: firstOf(options),
        filter: { consumer: options.consumer ?? null, resolved: options.all ? null : false },
      },
    },
  );
  const rows = found.flatMap(({ subgraph, parkedMessages }) =>
    parkedMessages.edges.map(({ node }) => ({ subgraph, ...node })),
  );
  const columns = {
    subgraph: (row: (typeof rows)[number]) => row.subgraph,
    id: (row: Parked) => row.id,
    consumer: (row: Parked) => row.consumer,
    parked: (row: Parked) => row.parkedAt,
    tries: (row: Parked) => row.attempts,
    now: (row: Parked) => row.resolution ?? (row.replayAskedAt ? 'being replayed' : 'waits'),
    reason: (row: Parked) => row.reason,
  };
  return { text: table(rows, columns, 'Nothing is parked.'), json: rows };
};

export const showOutbox = async (client: Client, options: Options): Promise<Shown> => {
  type Outbox = {
    waiting: number;
    oldestSeconds: number | null;
    lastPublishedAt: string | null;
    hasLeader: boolean;
  };
  const rows = (
    await listEach<{ outbox: Outbox }>(
      client,
      namedOrAll(options.subgraph),
      'outbox { waiting oldestSeconds lastPublishedAt hasLeader }',
    )
  ).map(({ subgraph, outbox }) => ({ subgraph, ...outbox }));
  const columns = {
    subgraph: (row: (typeof rows)[number]) => row.subgraph,
    waiting: (row: Outbox) => row.waiting,
    oldest: (row: Outbox) => ageOf(row.oldestSeconds),
    'last published': (row: Outbox) => row.lastPublishedAt,
    leader: (row: Outbox) => row.hasLeader,
  };
  return { text: table(rows, columns, 'No subgraph answers.'), json: rows };
};

export const showConsumers = async (client: Client, options: Options): Promise<Shown> => {
  type Consumer = {
    name: string;
    subject: string;
    pending: number;
    ackPending: number;
    redelivered: number;
  };
  const found = await listEach<{ consumers: readonly Consumer[] | null }>(
    client,
    namedOrAll(options.subgraph),
    'consumers { name subject pending ackPending redelivered }',
  );
  for (const { subgraph, consumers } of found)
    if (!consumers) process.stderr.write(`${subgraph} has no broker.\n`);
  const rows = found.flatMap(({ consumers }) => consumers ?? []);
  const columns = {
    consumer: (row: Consumer) => row.name,
    pending: (row: Consumer) => row.pending,
    'at it': (row: Consumer) => row.ackPending,
    redelivered: (row: Consumer) => row.redelivered,
    hears: (row: Consumer) => row.subject,
  };
  return { text: table(rows, columns, 'There is no consumer.'), json: rows };
};

export const showStuck = async (client: Client, options: Options): Promise<Shown> => {
  type Purchase = {
    number: string;
    orderId: string;
    step: string;
    ageSeconds: number;
    attempts: number;
    parkedReason: string | null;
  };
  const { purchases } = dataOf(
    await client.request<{ purchases: Nodes<Purchase> }>(
      `query Stuck($first: Int, $filter: PurchaseFilter) { purchases(first: $first, filter: $filter) {
        edges { node { number orderId status step ageSeconds attempts deadline parkedAt parkedReason } } } }`,
      {
        first: firstOf(options),
        filter: { olderThanSeconds: wholeNumber(options['older-than'], 'older-than') },
      },
    ),
  );
  const rows = purchases.edges.map(({ node }) => node);
  const columns = {
    order: (row: Purchase) => row.number,
    id: (row: Purchase) => row.orderId,
    'waits for': (row: Purchase) => row.step,
    since: (row: Purchase) => ageOf(row.ageSeconds),
    asked: (row: Purchase) => row.attempts,
    'parked because': (row: Purchase) => row.parkedReason,
  };
  return { text: table(rows, columns, 'No purchase waits that long.'), json: rows };
};

export const showAudit = async (client: Client, options: Options): Promise<Shown> => {
  type Action = {
    id: string;
    kind: string;
    actorId: string;
    reason: string;
    target: string;
    messages: number;
    at: string;
  };
  const rows = (
    await listEach<{ actions: Nodes<Action> }>(
      client,
      namedOrAll(options.subgraph),
      'actions(first: $first) { edges { node { id kind actorId reason target messages at } } }',
      { declared: '$first: Int', values: { first: firstOf(options) } },
    )
  )
    .flatMap(({ subgraph, actions }) => actions.edges.map(({ node }) => ({ subgraph, ...node })))
    .toSorted((one, other) => other.at.localeCompare(one.at));
  const columns = {
    at: (row: Action) => row.at,
    subgraph: (row: (typeof rows)[number]) => row.subgraph,
    did: (row: Action) => row.kind,
    messages: (row: Action) => row.messages,
    which: (row: Action) => row.target,
    who: (row: Action) => row.actorId,
    why: (row: Action) => row.reason,
  };
  return { text: table(rows, columns, 'No operator did anything.'), json: rows };
};
