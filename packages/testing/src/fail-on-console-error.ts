/** vitest's setup file: a test fails on a console.error that it did not expect (by a spy of its own on it). */
import { format } from 'node:util';
import { afterEach } from 'vitest';

const said: string[] = [];

console.error = (...args: unknown[]) => {
  said.push(format(...args));
};

afterEach(() => {
  const unexpected = said.splice(0);
  if (unexpected.length > 0) throw new Error(`Unexpected console.error:\n${unexpected.join('\n')}`);
});
