import path from 'node:path';

/** The clone that this file is part of. */
export const repositoryRoot = path.resolve(import.meta.dirname, '../../..');

/** Where `npm start` keeps everything of its own; not in git. */
export const dataFolderOf = (root = repositoryRoot): string => path.join(root, '.data');

/** The one that this process works on: `EMPORIUM_DATA`, else the clone's. */
export const ownDataFolder = (): string => process.env.EMPORIUM_DATA ?? dataFolderOf();

/** The places within a data folder. */
export const placesIn = (dataFolder: string) => ({
  postgres: path.join(dataFolder, 'postgres'),
  nats: path.join(dataFolder, 'nats'),
  redis: path.join(dataFolder, 'redis'),
  logs: path.join(dataFolder, 'logs'),
  /** Of the start before. */
  lastLogs: path.join(dataFolder, 'logs-of-last-start'),
  /** Pictures of users, and those that were uploaded and not looked at. */
  avatars: path.join(dataFolder, 'avatars'),
  /** The same of products. */
  productImages: path.join(dataFolder, 'product-images'),
  /** What the cards' sandbox has taken and given back: a provider does not forget it when it starts anew. */
  cards: path.join(dataFolder, 'cards.jsonl'),
  /** Who runs: see pid-file.ts. */
  run: path.join(dataFolder, 'run'),
  /** The `npm start` itself, kept apart so that it never takes itself for an orphan. */
  lead: path.join(dataFolder, 'lead'),
  secrets: path.join(dataFolder, 'secrets.json'),
  stack: path.join(dataFolder, 'stack.json'),
});
