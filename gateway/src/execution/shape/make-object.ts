import { type Fetched, own } from '../plan/fetched.ts';

/** Makes one object of another, field by field; or `unfit`, where a field may not be null and is. */
export type MakeObject<At> = (value: Fetched, at: At) => Fetched | typeof unfit;

export const unfit = Symbol('null where none may be');

export type ObjectField<At> = {
  /** As the client calls it. */
  readonly key: string;
  /** As fetched data call it. */
  readonly wireName: string;
  /** JavaScript that is true of a value in this variable only if it is fit as it is, and need not be completed. */
  readonly isFit: ((variable: string) => string) | null;
  /** What a value becomes; `unfit` when the object cannot be without it. */
  readonly complete: (value: unknown, at: At) => unknown;
};

/** Where a value is. */
type Place = { readonly path: (string | number)[] };

const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));

/**
 * Writes a function for these fields. One loop over all fields of all types would meet objects of every shape at one place
 * in the code, where V8 can only look names up, and would grow each object name by name; here each name is read and made at a
 * place of its own. Names are put into the code as JSON text: they are a client's.
 */
export const compileMakeObject = <At extends Place>(fields: readonly ObjectField<At>[]): MakeObject<At> => {
  const completed = fields.map(({ key, wireName, isFit }, index) => {
    const value = `v${index}`;
    return `
    let ${value} = ${read(wireName)};
    if (!(${isFit?.(value) ?? false})) {
      at.path.push(${JSON.stringify(key)});
      ${value} = complete[${index}](${value}, at);
      at.path.pop();
      if (${value} === unfit) return unfit;
    }`;
  });
  const made = fields.map(({ key }, index) => `${property(key)}: v${index}`);
  const body = `return (value, at) => {${completed.join('')}\n    return { ${made.join(', ')} };\n  };`;
  return new Function('complete', 'unfit', 'own', body)(
    fields.map(({ complete }) => complete),
    unfit,
    own,
  ) as MakeObject<At>;
};

/** `__proto__` would be something else, written as it is. */
const property = (key: string): string =>
  key === '__proto__' ? `[${JSON.stringify(key)}]` : JSON.stringify(key);

/** What every object has without being told, a subgraph has not said. */
const read = (name: string): string =>
  inherited.has(name) ? `own(value, ${JSON.stringify(name)})` : `value[${JSON.stringify(name)}]`;
