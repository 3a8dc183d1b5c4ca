import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { signedIn } from './audience.ts';
import { checkPolicy, PolicyError } from './check-policy.ts';
import { each, only, open, type Policy } from './policy.ts';

const schema = buildSchema(`
  type Query { cup: Cup, _service: _Service! }
  type Subscription { poured: Cup! }
  type Cup { size: Int!, price: Money! }
  type Money { amount: String!, currency: String! }
  type _Service { sdl: String }
`);
const whole: Policy = {
  Query: { cup: open },
  Subscription: { poured: only(signedIn) },
  Cup: each(open, 'size', 'price'),
};

describe('a policy, beside its schema', () => {
  it('fits when it has a line for each field; shared types and federation’s own bring theirs', () =>
    expect(() => checkPolicy(schema, whole)).not.toThrow());

  it('does not when a field has none', () => {
    const check = () => checkPolicy(schema, { ...whole, Query: {}, Cup: { size: open } });
    expect(check).toThrow(PolicyError);
    expect(check).toThrow('no policy says who may see Query.cup, Cup.price');
  });

  it('does not when a line has no field', () => {
    const stray = { ...whole, Cup: { ...whole.Cup, handle: open }, Saucer: { '*': open, size: open } };
    expect(() => checkPolicy(schema, stray)).toThrow(
      'there is a policy but no field Cup.handle, Saucer.*, Saucer.size',
    );
  });

  it('does not take a word of Object.prototype for a line', () => {
    const odd = buildSchema('type Query { constructor: Int }');
    expect(() => checkPolicy(odd, { Query: {} })).toThrow('Query.constructor');
  });

  it('does not when it would let a subscription be null', () =>
    expect(() =>
      checkPolicy(schema, { ...whole, Subscription: { poured: only(signedIn, 'NULL') } }),
    ).toThrow('a subscription cannot be NULL: poured'));
});
