import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { strictFields } from '@emporium/local-stack';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

type Service = {
  command?: string[];
  environment?: Record<string, string>;
  volumes?: string[];
  depends_on?: Record<string, unknown>;
};

const root = path.resolve(import.meta.dirname, '..');
const file: { services: Record<string, Service>; volumes: Record<string, unknown> } = parse(
  readFileSync(path.join(root, 'docker-compose.yml'), 'utf8'),
  { merge: true },
);
const specification = (): object => {
  const linter = path.dirname(createRequire(import.meta.url).resolve('dclint/package.json'));
  return JSON.parse(
    readFileSync(path.join(linter, 'schemas/compose.schema.json'), 'utf8').replace(
      'https://json-schema.org/draft-07',
      'http://json-schema.org/draft-07',
    ),
  );
};

describe('docker-compose.yml', () => {
  it('follows the compose specification', () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats.default(ajv);
    const valid = ajv.validate(specification(), file);
    expect(ajv.errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });
  it('has Postgres compare texts as the local stack does', () =>
    expect(file.services['postgres']?.environment?.['POSTGRES_INITDB_ARGS']).toBe(
      '--encoding=UTF8 --locale=C',
    ));
  it('runs the whole production layout', () => {
    expect(Object.keys(file.services)).toEqual(
      expect.arrayContaining([
        'postgres',
        'nats',
        'redis',
        'users',
        'products',
        'inventory',
        'orders',
        'payments',
        'gateway-1',
        'gateway-2',
        'nginx',
      ]),
    );
  });
  it('mounts and waits for what exists', () => {
    for (const { volumes = [], depends_on = {} } of Object.values(file.services)) {
      for (const needed of Object.keys(depends_on)) expect(file.services).toHaveProperty(needed);
      for (const [source = ''] of volumes.map((volume) => volume.split(':'))) {
        if (source.startsWith('./')) expect(existsSync(path.join(root, source)), source).toBe(true);
        else expect(file.volumes).toHaveProperty(source);
      }
    }
  });
  it('counts as the local stack does where somebody might guess, at fields that there are', () => {
    const named = file.services['gateway-1']?.environment?.STRICT_FIELDS?.split(',');
    expect(named).toEqual(strictFields);
    const api = buildSchema(readFileSync(path.join(root, 'schema/api.graphql'), 'utf8'));
    expect(Object.keys(api.getMutationType()?.getFields() ?? {})).toEqual(
      expect.arrayContaining(strictFields),
    );
  });
  it('makes the broker sync every write', () => {
    expect(readFileSync(path.join(root, 'deploy/nats.conf'), 'utf8')).toMatch(/sync_interval:\s*always/);
  });
});
