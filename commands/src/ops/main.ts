/** What an operator sees and does, as a client of the gateway: `npm run ops -- --help`. */
import { type Client, connect } from '@emporium/client';
import { CommandError } from '../terminal/command-error.ts';
import { endpoint } from '../terminal/endpoint.ts';
import { explained } from '../terminal/explained.ts';
import { runCommand } from '../terminal/run-command.ts';
import { demoPassword, signInAs } from '../terminal/sign-in.ts';
import { discardParked, replayParked, republish, showParked } from './acts.ts';
import { listParked, type Shown, showAudit, showConsumers, showOutbox, showStuck } from './looks.ts';
import { type Options, readArguments } from './read-arguments.ts';
import { usage } from './usage.ts';

type Command = (client: Client, ids: readonly string[], options: Options) => Promise<Shown>;

const alone =
  (command: (client: Client, options: Options) => Promise<Shown>): Command =>
  (client, ids, options) => {
    if (ids.length > 0)
      throw new CommandError('USAGE', `There is no place for ${ids.join(' ')}. See --help.`);
    return command(client, options);
  };

const commands: Readonly<Record<string, Command>> = {
  'parked list': alone(listParked),
  'parked show': showParked,
  'parked replay': replayParked,
  'parked discard': discardParked,
  outbox: alone(showOutbox),
  consumers: alone(showConsumers),
  stuck: alone(showStuck),
  republish: alone(republish),
  audit: alone(showAudit),
};

/** A command of two words or of one, and what it is about. */
const commandIn = (words: readonly string[]): { command: Command; ids: readonly string[] } => {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ');
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command) return { command, ids: words.slice(length) };
  }
  throw new CommandError('USAGE', `Say what: ${Object.keys(commands).join(', ')}. See --help.`);
};

const clientFor = (options: Options): Promise<Client> | Client => {
  const url = endpoint(options.url);
  const token = options.token ?? process.env.OPS_TOKEN;
  if (token) return connect(url, token);
  return signInAs(url, options.admin, options.password ?? process.env.OPS_PASSWORD ?? demoPassword);
};

runCommand(async () => {
  try {
    const { values: options, positionals } = readArguments(process.argv.slice(2));
    if (options.help) return void process.stdout.write(usage);
    const { command, ids } = commandIn(positionals);
    const { text, json } = await command(await clientFor(options), ids, options);
    process.stdout.write(options.json ? `${JSON.stringify(json, null, 2)}\n` : text);
  } catch (error) {
    if (!(error instanceof CommandError) || error.code !== 'USAGE') throw explained(error);
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
});
