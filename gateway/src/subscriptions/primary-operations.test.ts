import type { FetchNode, PlanNode } from '@apollo/query-planner';
import { parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { findResumable } from '../supergraph/resumable.ts';
import { primaryOperations } from './primary-operations.ts';

const resumable = findResumable(
  parse(`type Subscription {
    moved(id: ID!, after: Int): Move! @resumable(argument: "after", from: "sequence")
    wrong(id: ID!): Move! @resumable(argument: "after", from: "sequence")
    plain(id: ID!): Move!
  }`),
  'Subscription',
);
const rework = (operation: string, rest?: PlanNode) =>
  primaryOperations({ primary: fetchOf(operation), ...(rest ? { rest } : {}) }, (field) =>
    resumable.get(field),
  );
const fetchOf = (operation: string): FetchNode => ({
  kind: 'Fetch',
  serviceName: 'parcels',
  operation,
  operationName: undefined,
  operationKind: 'subscription' as never,
});
const normal = (operation: string | null) => operation && print(parse(operation));

describe('the primary operation of a subscription', () => {
  it('also asks where it stands, and can begin there', () => {
    const { start, resume, variablesAt } = rework('subscription S($id: ID!) { moved(id: $id) { status } }');
    expect(start).toBe(
      normal('subscription S($id: ID!) { moved(id: $id) { status gatewayPosition: sequence } }'),
    );
    expect(resume).toBe(
      normal(`subscription S($id: ID!, $gatewayPosition: Int) {
        moved(id: $id, after: $gatewayPosition) { status gatewayPosition: sequence }
      }`),
    );
    expect(variablesAt(7)).toEqual({ gatewayPosition: 7 });
  });

  it('leaves out a variable that only the client’s own position needed', () => {
    const { resume } = rework(
      'subscription ($id: ID!, $a: Int) { m: moved(id: $id, after: $a) { status } }',
    );
    expect(resume).toBe(
      normal(`subscription ($id: ID!, $gatewayPosition: Int) {
        m: moved(id: $id, after: $gatewayPosition) { status gatewayPosition: sequence }
      }`),
    );
  });

  it('keeps apart from what a client calls the same', () => {
    const { start, resume, positionOf, variablesAt } = rework(
      'subscription ($gatewayPosition: ID!) { moved(id: $gatewayPosition) { gatewayPosition: status } }',
    );
    expect(start).toBe(
      normal(`subscription ($gatewayPosition: ID!) {
        moved(id: $gatewayPosition) { gatewayPosition: status gatewayPosition_: sequence }
      }`),
    );
    expect(resume).toBe(
      normal(`subscription ($gatewayPosition: ID!, $gatewayPosition_: Int) {
        moved(id: $gatewayPosition, after: $gatewayPosition_) {
          gatewayPosition: status gatewayPosition_: sequence
        }
      }`),
    );
    expect(positionOf({ moved: { gatewayPosition: 'SHIPPED', gatewayPosition_: 4 } })).toBe(4);
    expect(variablesAt(7)).toEqual({ gatewayPosition_: 7 });
  });

  it('keeps apart from what other subgraphs bring to the same object', () => {
    const rest = fetchOf('{ _entities { ... on Move { gatewayPosition gatewayPosition_: weight } } }');
    const { start } = rework('subscription { moved(id: 1) { id } }', rest);
    expect(start).toBe(normal('subscription { moved(id: 1) { id gatewayPosition__: sequence } }'));
  });

  it('reads the position under the client’s own name of the field', () => {
    const { positionOf } = rework('subscription { m: moved(id: 1) { status } }');
    expect(positionOf({ m: { gatewayPosition: 4 } })).toBe(4);
    expect([positionOf({ m: null }), positionOf(null), positionOf({})]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each(['plain', 'wrong'])('stays as it is where the field cannot resume: %s', (field) => {
    const operation = `subscription { ${field}(id: 1) { status } }`;
    expect(rework(operation)).toMatchObject({ start: operation, resume: null });
  });
});
