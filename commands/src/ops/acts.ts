/** The commands that change something. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, dataOf, RequestRefusedError } from '@emporium/client';
import { CommandError } from '../terminal/command-error.ts';
import { askEach, type Parked, parkedFields, type Shown } from './looks.ts';
import { momentOf, type Options, reasonOf } from './read-arguments.ts';
import { mutationOf, named, namedOrAll, type Subgraph } from './subgraphs.ts';

type Action = { readonly __typename: 'OperatorAction'; readonly messages: number };
type Refused = { readonly __typename: 'OperationRefusal'; readonly code: string; readonly message: string };
type Found = Parked & { readonly subgraph: Subgraph };

/** Some are still parked after a replay. */
const leftParked = 3;
const lookAgainMs = 500;
const patienceMs = 60_000;

const result = `{ __typename ... on OperatorAction { id kind messages target reason at }
  ... on OperationRefusal { code message } }`;

/** Of whichever subgraph they are: ids say nothing of it. Throws when one is not found, or may be where nobody answers. */
const findAll = async (
  client: Client,
  ids: readonly string[],
  options: Options,
  more = '',
): Promise<Found[]> => {
  const { found, silent } = await find(client, ids, options, more);
  const missing = ids.filter((id) => !found.some((message) => message.id === id));
  if (missing.length === 0) return found;
  if (silent.length > 0) {
    throw new CommandError(
      'UNAVAILABLE',
      `${silent.join(' and ')} may have ${missing.join(', ')}, and did not answer; nothing was done. Try again, or see \`npm run ops -- outbox\`.`,
    );
  }
  throw new CommandError(
    'NOT_FOUND',
    `There is no message ${missing.join(', ')}; nothing was done. \`npm run ops -- parked list --all\` has the ids.`,
  );
};

const find = async (
  client: Client,
  ids: readonly string[],
  options: Options,
  more = '',
): Promise<{ readonly found: Found[]; readonly silent: readonly Subgraph[] }> => {
  const { parts, silent } = await askEach<{ parkedMessages: { edges: readonly { node: Parked }[] } }>(
    client,
    namedOrAll(options.subgraph),
    `parkedMessages(first: 100, filter: { ids: $ids }) { edges { node { ${parkedFields} ${more} } } }`,
    { declared: '$ids: [ID!]', values: { ids } },
  );
  const found = parts.flatMap(({ subgraph, parkedMessages }) =>
    parkedMessages.edges.map(({ node }) => ({ ...node, subgraph })),
  );
  return { found, silent };
};

/** Where to look when there was nothing to do. */
const seeParked = 'See `npm run ops -- parked list --all`.';
const seeAudit = 'See `npm run ops -- outbox` and `npm run ops -- audit`.';

const mutate = async (
  client: Client,
  field: string,
  type: string,
  input: object,
  hint = seeParked,
): Promise<Action> => {
  try {
    const { done } = dataOf(
      await client.request<{ done: Action | Refused }>(
        `mutation Ops($input: ${type}!) { done: ${field}(input: $input) ${result} }`,
        { input },
      ),
    );
    if (done.__typename === 'OperatorAction') return done;
    throw new CommandError(done.code, `${done.message} ${hint}`);
  } catch (error) {
    if (error instanceof RequestRefusedError && error.message.includes('STEP_UP_REQUIRED')) {
      throw new CommandError(
        'STEP_UP_REQUIRED',
        'The token was proven longer than 10 minutes ago. Sign in with --admin and --password instead, or call `proveIdentity` and give the token that it answers with --token.',
      );
    }
    throw error;
  }
};

export const showParked = async (
  client: Client,
  ids: readonly string[],
  options: Options,
): Promise<Shown> => {
  const [id] = ids;
  if (!id || ids.length > 1) throw new CommandError('USAGE', 'Say which: parked show <id>.');
  const [message] = await findAll(client, [id], options, 'envelope');
  const { envelope, ...facts } = message as Found;
  const lines = Object.entries(facts).map(([name, value]) => `${name.padEnd(14)} ${value ?? '-'}`);
  return {
    text: `${lines.join('\n')}\n\n${envelope ?? 'It was no JSON: it is not shown.'}\n`,
    json: message,
  };
};

type Selection = {
  readonly subgraph: Subgraph;
  readonly ids?: readonly string[];
  readonly consumer?: string;
};

/** Which messages are meant, and of whom. */
const select = async (
  client: Client,
  verb: 'replay' | 'discard',
  ids: readonly string[],
  options: Options,
): Promise<readonly Selection[]> => {
  const { consumer } = options;
  if (consumer !== undefined && ids.length === 0) {
    // `orders_inventory-reserved` is one of orders'.
    return [{ subgraph: named(options.subgraph ?? consumer.split('_', 1)[0]), consumer }];
  }
  if (consumer !== undefined || ids.length === 0)
    throw new CommandError('USAGE', `Say which: parked ${verb} <id …>, or --consumer <name>.`);
  const found = await findAll(client, ids, options);
  const owners = [...new Set(found.map(({ subgraph }) => subgraph))];
  return owners.map((subgraph) => ({
    subgraph,
    ids: found.filter((message) => message.subgraph === subgraph).map(({ id }) => id),
  }));
};

const actOn = async (
  client: Client,
  verb: 'replay' | 'discard',
  ids: readonly string[],
  options: Options,
): Promise<readonly Action[]> => {
  const reason = reasonOf(options);
  const actions: Action[] = [];
  for (const { subgraph, ...selection } of await select(client, verb, ids, options)) {
    const input = { ...selection, reason };
    actions.push(await mutate(client, mutationOf(verb, subgraph), 'ParkedMessagesInput', input));
  }
  return actions;
};

const countOf = (actions: readonly Action[]) => actions.reduce((sum, { messages }) => sum + messages, 0);

/** Waits until each was tried, and says what became of it. */
const outcomeOf = async (
  client: Client,
  ids: readonly string[],
  options: Options,
): Promise<readonly Found[]> => {
  for (const until = Date.now() + patienceMs; ; await sleep(lookAgainMs)) {
    const { found } = await find(client, ids, options);
    const isOpen = found.some(({ replayAskedAt, resolution }) => replayAskedAt !== null && !resolution);
    if (!isOpen || Date.now() > until) return found;
  }
};

export const replayParked = async (
  client: Client,
  ids: readonly string[],
  options: Options,
): Promise<Shown> => {
  const actions = await actOn(client, 'replay', ids, options);
  if (ids.length === 0) {
    const text = `${countOf(actions)} messages are handled again, one after the other. What is refused again stays in \`npm run ops -- parked list\`.\n`;
    return { text, json: actions };
  }
  const found = await outcomeOf(client, ids, options);
  const parked = found.filter(({ resolution }) => resolution === null);
  if (parked.length > 0) process.exitCode = leftParked;
  const lines = found.map(({ id, resolution, reason }) =>
    resolution ? `${id}  was handled` : `${id}  is still parked: ${reason}`,
  );
  return { text: `${lines.join('\n')}\n`, json: found };
};

export const discardParked = async (
  client: Client,
  ids: readonly string[],
  options: Options,
): Promise<Shown> => {
  const actions = await actOn(client, 'discard', ids, options);
  return { text: `${countOf(actions)} messages are given up.\n`, json: actions };
};

export const republish = async (client: Client, options: Options): Promise<Shown> => {
  const subgraph = named(options.subgraph);
  const input = {
    since: momentOf(options.since, 'since'),
    ...(options.until === undefined ? {} : { until: momentOf(options.until, 'until') }),
    reason: reasonOf(options),
  };
  const action = await mutate(client, mutationOf('republish', subgraph), 'RepublishInput', input, seeAudit);
  const text = `${action.messages} messages of ${subgraph} are sent again; \`npm run ops -- outbox\` shows how far it is.\n`;
  return { text, json: action };
};
