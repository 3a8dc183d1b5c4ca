import { accept, refuse } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { specify } from './specify.ts';

type Lamp = { lit: boolean };
type Event = { type: 'Lit' };
const decide = (_command: 'light', lamp: Lamp) =>
  lamp.lit ? refuse('LIT') : accept<Event>({ type: 'Lit' });
const given = specify({ decide, evolve: (): Lamp => ({ lit: true }), initial: { lit: false } as Lamp });

describe('a specification', () => {
  it('holds when the events are those', () => given().when('light').yields({ type: 'Lit' }));
  it('holds when the refusal is that', () => given({ type: 'Lit' }).when('light').refuses('LIT'));
  it('fails when events are missing', () => {
    expect(() => given().when('light').yields()).toThrow();
  });
  it('fails when an event comes instead of a refusal', () => {
    expect(() => given().when('light').refuses('LIT')).toThrow();
  });
});
