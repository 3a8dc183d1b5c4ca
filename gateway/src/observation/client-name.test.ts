import { describe, expect, it } from 'vitest';
import { clientNameOf } from './client-name.ts';

const named = (name: unknown) => clientNameOf({ 'apollographql-client-name': name }).name;

describe("a client's name", () => {
  it('is what it says', () =>
    expect(
      clientNameOf({
        'apollographql-client-name': 'web app',
        'apollographql-client-version': '1.0.2-rc+4',
      }),
    ).toEqual({ name: 'web app', version: '1.0.2-rc+4' }));

  it('is unknown when it says nothing', () =>
    expect([undefined, ''].map(named)).toEqual(['unknown', 'unknown']));

  it('is other when it fits no label', () =>
    expect(['x'.repeat(65), 'a"} 1\n', 'ü', ['a', 'b']].map(named)).toEqual(Array(4).fill('other')));
});
