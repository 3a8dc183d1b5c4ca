import 'reflect-metadata';
import { type ExecutionResult, type GraphQLSchema, graphql, isObjectType, parse, subscribe } from 'graphql';
import {
  Arg,
  createUnionType,
  Directive,
  Extensions,
  Field,
  ID,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { each, open } from '../policy/policy.ts';
import { createFederatedSchema } from './federated-schema.ts';
import { MoneyInput, MoneyType } from './money.type.ts';
import { Refusal } from './refusal.type.ts';
import { DateTimeScalar } from './scalars.ts';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'Something to have.' })
class Thing {
  readonly __typename = 'Thing';

  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Extensions({ complexity: 7 })
  @Field(() => MoneyType, { nullable: true, description: 'What it costs.' })
  price!: MoneyType | null;
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: 'Somebody that another subgraph knows.' })
class Owner {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;
}

@ObjectType({ implements: Refusal, description: 'Why there is no thing.' })
class ThingRefusal extends Refusal {
  readonly __typename = 'ThingRefusal';
}

const ThingResult = createUnionType({
  name: 'ThingResult',
  description: 'A thing, or why there is none.',
  types: () => [Thing, ThingRefusal] as const,
  resolveType: (value) => value.__typename,
});

@Resolver()
class ThingResolver {
  @Query(() => ThingResult, { description: 'Asks for a thing.' })
  thing(
    @Arg('price', () => MoneyInput, { description: 'What to pay.' }) price: MoneyInput,
  ): typeof ThingResult {
    return price.amount === '0'
      ? { __typename: 'ThingRefusal', message: 'Not for free.' }
      : { __typename: 'Thing', id: '1', price };
  }

  @Query(() => DateTimeScalar, { description: 'When it began.' })
  began(): Date {
    return new Date(0);
  }

  @Subscription(() => String, {
    description: 'Counts.',
    subscribe: () => counting(),
  })
  count(@Root() payload: string): string {
    return payload;
  }
}

async function* counting() {
  yield 'one';
  yield 'two';
}

type Context = { readonly known: ReadonlyMap<string, string> };

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await createFederatedSchema<Context>({
    resolvers: [ThingResolver],
    orphanedTypes: [Owner],
    references: {
      Thing: ({ id }: { id: string }, { known }) => (known.has(id) ? { id, price: null } : null),
    },
    policy: {
      Query: each(open, 'thing', 'began'),
      Subscription: { count: open },
      Thing: each(open, 'id', 'price'),
      Owner: { id: open },
      ThingRefusal: { message: open },
    },
    sdl: 'directive @resumable(argument: String!) on FIELD_DEFINITION',
  });
});

const ask = (source: string, variableValues: Record<string, unknown> = {}) =>
  graphql({
    schema,
    source,
    variableValues,
    contextValue: { known: new Map([['1', 'one']]) } satisfies Context,
  });

const sdlOf = async () => {
  const { data } = await ask('{ _service { sdl } }');
  return (data as { _service: { sdl: string } })._service.sdl;
};

describe('a subgraph made of classes', () => {
  it('tells the gateway its types, with their keys, directives and descriptions', async () => {
    const sdl = await sdlOf();
    expect(sdl).toContain('https://specs.apollo.dev/federation/v2.9');
    expect(sdl).toMatch(/"""Something to have\."""\ntype Thing\s+@key\(fields: "id"\)/);
    expect(sdl).toMatch(/type Owner\s+@key\(fields: "id", resolvable: false\)/);
    expect(sdl).toMatch(/type Money\s+@shareable/);
    expect(sdl).toContain('directive @resumable(argument: String!) on FIELD_DEFINITION');
  });

  it('loads entities by reference, and hides those that are not there', async () => {
    const { data, errors } = await ask(
      'query ($of: [_Any!]!) { _entities(representations: $of) { __typename ... on Thing { id } } }',
      { of: ['1', '2'].map((id) => ({ __typename: 'Thing', id })) },
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({ _entities: [{ __typename: 'Thing', id: '1' }, null] });
  });

  it.each([
    ['an unknown type', { __typename: 'Nothing', id: '1' }],
    ['a type that is no entity', { __typename: 'Money', amount: '1', currency: 'GBP' }],
    ['a name of Object.prototype', { __typename: '__proto__', id: '1' }],
    ['no type', { id: '1' }],
    ['no key', { __typename: 'Thing' }],
    ['a key that is no text', { __typename: 'Thing', id: { of: '1' } }],
    ['a list', []],
    ['a number', 1],
  ])('loads nothing for %s', async (_what, representation) => {
    const { data, errors } = await ask(
      'query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }',
      { of: [{ __typename: 'Thing', id: '1' }, representation] },
    );
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it.each([
    ['12.50', { __typename: 'Thing', price: { amount: '12.50' } }],
    ['0', { __typename: 'ThingRefusal', message: 'Not for free.' }],
  ])('answers with the member of the union that it has: %s', async (amount, thing) => {
    const { data } = await ask(
      `query ($amount: Decimal!) { thing(price: { amount: $amount, currency: "GBP" }) {
        __typename ... on Thing { price { amount } } ... on Refusal { message } } }`,
      { amount },
    );
    expect(data).toEqual({ thing });
  });

  it('reads and shows scalars by their own rules', async () => {
    expect((await ask('{ began }')).data).toEqual({ began: '1970-01-01T00:00:00.000Z' });
    const { errors } = await ask(
      'query ($amount: Decimal!) { thing(price: { amount: $amount, currency: "GBP" }) { __typename } }',
      { amount: '1e3' },
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    const literal = await ask('{ thing(price: { amount: "1", currency: "gbp" }) { __typename } }');
    expect(literal.errors).toMatchObject([{ message: expect.stringContaining('ISO 4217') }]);
  });

  it('keeps what its fields carry for limits', () => {
    const type = schema.getType('Thing');
    expect(isObjectType(type) && type.getFields().price?.extensions).toMatchObject({ complexity: 7 });
  });

  it('subscribes', async () => {
    const events = await subscribe({ schema, document: parse('subscription { count }') });
    const counted: unknown[] = [];
    for await (const { data } of events as AsyncIterable<ExecutionResult>) counted.push(data?.count);
    expect(counted).toEqual(['one', 'two']);
  });
});
