/** What `npm run ops -- --help` says. */
export const usage = `npm run ops -- <command> [options]

  parked list                        what waits for a person; --all what was dealt with, too
  parked show <id>                   one message: why it is parked, what it follows from, what it says
  parked replay <id …>               has messages handled again; or --consumer <name>: all of it. --reason
  parked discard <id …>              gives messages up for ever; or --consumer <name>. --reason
  outbox                             what waits to be sent, and whether a relay leads
  consumers                          how far each consumer is with what it hears
  stuck                              purchases that wait for an answer; --older-than <seconds>, 60 without it
  republish --since <time>           sends again what was published since, or --until then. --reason
  audit                              what operators did, by whom and why

  --subgraph <name>     users, products, inventory, orders or payments; lists are of all without it
  --reason <text>       why; it is kept with who did it
  --first <n>           how many of each list: 1 to 100, 20 without it
  --json                for scripts: one JSON document instead of tables
  --url <url>           the GraphQL endpoint; the stack of this clone, or http://localhost:4000/graphql
  --admin <email>       who does it; --password, or OPS_PASSWORD in the environment
  --token <token>       an access token instead, or OPS_TOKEN in the environment

Exit code: 0 done, 1 refused or failed, 2 asked wrongly, 3 \`parked replay\` left messages parked.
`;
