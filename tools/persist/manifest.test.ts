import { createHash } from 'node:crypto';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createManifest } from './manifest.ts';

const schema = buildSchema('type Query { me: User } type User { id: ID! name: String friends: [User!]! }');
const manifest = (...files: [string, string][]) =>
  createManifest(
    files.map(([path, text]) => ({ path, text })),
    schema,
  ).operations;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('the manifest', () => {
  it('holds each operation of .graphql files, with its fragments from wherever', () => {
    const operations = manifest(
      ['b.graphql', 'query Two { me { ...Name } } query One { me { id } }'],
      [
        'fragments.graphql',
        'fragment Name on User { name ...Rest } fragment Rest on User { id } fragment Unused on User { id }',
      ],
    );
    expect(operations.map(({ name }) => name)).toEqual(['One', 'Two']);
    const body =
      'query Two {\n  me {\n    ...Name\n  }\n}\n\nfragment Name on User {\n  name\n  ...Rest\n}\n\nfragment Rest on User {\n  id\n}';
    expect(operations[1]).toEqual({ id: sha256(body), name: 'Two', type: 'query', body });
  });

  it('holds tagged literals in code as they stand, and each once', () => {
    const [operation, ...others] = manifest(
      ['a.ts', 'const a = /* GraphQL */ `\n  query Me($no: Boolean!) { me { id @skip(if: $no) } }\n`;'],
      [
        'b.tsx',
        'const a = gql`\n  query Me($no: Boolean!) { me { id @skip(if: $no) } }\n`; const b = gql`fragment $' +
          '{x} on User { id }`; fetch(`/graphql`);',
      ],
    );
    const body = '\n  query Me($no: Boolean!) { me { id @skip(if: $no) } }\n';
    expect(operation).toEqual({ id: sha256(body), name: 'Me', type: 'query', body });
    expect(others).toEqual([]);
  });

  it('is refused with the file of what is no GraphQL', () => {
    expect(() => manifest(['a.graphql', '{ me'])).toThrow(/^a\.graphql: Syntax Error/);
  });

  it('names a nameless operation by what it asks for', () => {
    expect(manifest(['a.ts', 'gql`{ me { id } }`'])[0]).toMatchObject({ name: 'me', type: 'query' });
  });

  it('is refused with all that the schema does not take', () => {
    const files: [string, string][] = [
      ['a.graphql', '{ nobody }'],
      ['b.ts', 'gql`{ me { nothing } }`'],
    ];
    expect(() => manifest(...files)).toThrow(/a\.graphql: .*nobody[\s\S]*b\.ts: .*nothing/);
  });
});
