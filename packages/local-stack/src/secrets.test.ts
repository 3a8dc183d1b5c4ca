import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadSecrets } from './secrets.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'emporium-secrets-'));
  file = path.join(folder, 'secrets.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('are made once', () => expect(loadSecrets(file)).toEqual(loadSecrets(file)));

it('of a stack of before keep what they are, and get what they lack', () => {
  const { dataKey: _, paymentsDataKey: __, cardTokenKey: ___, ...before } = loadSecrets(file);
  writeFileSync(file, JSON.stringify(before));
  const secrets = loadSecrets(file);
  const aKey = expect.objectContaining({ kty: 'oct' });
  const cardTokenKey = expect.objectContaining({ kty: 'RSA' });
  expect(secrets).toEqual({ ...before, dataKey: aKey, paymentsDataKey: aKey, cardTokenKey });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(secrets);
});
