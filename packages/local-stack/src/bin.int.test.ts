import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const start = path.join(import.meta.dirname, '../bin/start.mjs');

describe('npm start on an old Node', () => {
  it('says in one line which Node it needs', () => {
    const pretend =
      "data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '20.18.3' })";
    const { status, stderr, stdout } = spawnSync(process.execPath, ['--import', pretend, start], {
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^Emporium needs Node 20\.19 or later; this is 20\.18\.3\..*\n$/);
  });
});
