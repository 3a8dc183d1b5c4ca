import { registerEnumType } from 'type-graphql';

/** Each code with what it means (the SDL's description) and what the client's user reads. */
export type Codes<Code extends string> = Readonly<Record<Code, { means: string; says: string }>>;

/** The enum of a refusal's codes. */
export const enumOf = <Code extends string>(name: string, description: string, codes: Codes<Code>) => {
  const names = Object.keys(codes) as Code[];
  const values = Object.fromEntries(names.map((code) => [code, code])) as { [Each in Code]: Each };
  registerEnumType(values, {
    name,
    description,
    valuesConfig: Object.fromEntries(names.map((code) => [code, { description: codes[code].means }])) as {
      [Each in Code]: { description: string };
    },
  });
  return values;
};

/** A refusal by a code that the use case must not give is a bug, and thrown as one. */
export const refusalOf =
  <Name extends string, Code extends string>(__typename: Name, codes: Codes<Code>) =>
  (code: string) => {
    if (!(code in codes)) throw new TypeError(`${__typename} has no code ${code}`);
    return { __typename, code: code as Code, message: codes[code as Code].says };
  };

/** A refusal that says which argument is to blame, where one is. */
export const blaming =
  <Refused extends object>(refuse: (code: string) => Refused, fields: Readonly<Record<string, string>>) =>
  (code: string) => ({ ...refuse(code), field: fields[code] ?? null });
