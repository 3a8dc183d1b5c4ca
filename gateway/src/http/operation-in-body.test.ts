import { expect, it } from 'vitest';
import { operationInBody } from './operation-in-body.ts';

it.each([
  [{ query: '{ me { id } }' }],
  [{ query: null, documentId: 'd1', variables: null, extensions: null, operationName: null }],
  [{ query: '{ me { id } }', variables: { a: 1 }, extensions: { b: 2 }, operationName: 'c', more: 3 }],
])('%j is an operation', (body) => expect(operationInBody(body)).toBe(body));

it.each([
  [null, 'must be an object with a query'],
  ['{ me { id } }', 'must be an object with a query'],
  [{}, 'must be an object with a query'],
  [[{ query: '{ me { id } }' }], 'Batches are not served'],
  [{ query: { kind: 'Document' } }, 'query must be a string'],
  [{ query: '{ a }', operationName: 1 }, 'operationName must be a string'],
  [{ query: '{ a }', variables: '{}' }, 'variables must be an object'],
  [{ query: '{ a }', extensions: [] }, 'extensions must be an object'],
])('%j is told what is wrong with it', (body, message) => {
  expect(() => operationInBody(body)).toThrow(
    expect.objectContaining({
      message: expect.stringContaining(message),
      extensions: expect.objectContaining({ code: 'BAD_REQUEST' }),
    }),
  );
});
