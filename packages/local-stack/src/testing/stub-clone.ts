/** A folder that looks like a built clone, whose services do nothing but be there. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const folders = [
  ...['users', 'products', 'inventory', 'orders', 'payments'].map((name) => `subgraphs/${name}`),
  'gateway',
  'packages/card-sandbox',
];

const service = `
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
const { PORT, HOST, ...env } = process.env;
if (env.SEEDED_FILE) appendFileSync(env.SEEDED_FILE, process.cwd().split('/').pop() + ' serves\\n');
const server = createServer((request, response) => {
  const names = Object.keys(env).filter((name) => /(DATABASE|NATS|REDIS|PROVIDER)_URL$|_KEYS?$/.test(name));
  response.end(JSON.stringify({ pid: process.pid, names }));
}).listen(Number(PORT), HOST);
process.on('SIGTERM', () => {
  console.log('stopped in order');
  process.exit(0);
});
`;

const seed = `
import { appendFileSync } from 'node:fs';
appendFileSync(process.env.SEEDED_FILE, process.cwd().split('/').pop() + '\\n');
`;

/** Fills the folder. The seeds of users and products, and services, add a line to the file that \`SEEDED_FILE\` names. */
export const stubClone = (root: string): string => {
  for (const folder of folders) {
    mkdirSync(path.join(root, folder, 'dist'), { recursive: true });
    writeFileSync(path.join(root, folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(path.join(root, folder, 'dist/main.js'), service);
  }
  for (const name of ['products', 'users'])
    writeFileSync(path.join(root, 'subgraphs', name, 'dist/seed.js'), seed);
  return root;
};
