/** The filter expressions of Meilisearch, as far as a shop uses them. */
export type Document = Readonly<Record<string, unknown>>;
type Test = (document: Document) => boolean;

/** What a filter is refused for. */
export class BadFilter extends Error {
  override readonly name = 'BadFilter';
}

const token = /\s*("(?:\\.|[^"\\])*"|>=|<=|!=|[()[\],=<>]|[^\s()[\],=<>!"]+)/y;

const tokensOf = (text: string): string[] => {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const found = token.exec(text);
    if (!found) throw new BadFilter(`Was expecting an operation at the end of \`${text}\`.`);
    tokens.push(found[1] ?? '');
  }
  return tokens;
};

const unquoted = (text: string): string =>
  text.startsWith('"') ? text.slice(1, -1).replaceAll(/\\(.)/g, '$1') : text;

/** Texts are equal whatever their capitals; numbers, and numbers only, are compared. */
const compare = (operator: string, value: unknown, wanted: string): boolean => {
  if (value === null || value === undefined) return false;
  if (Array.isArray(value)) return value.some((each) => compare(operator, each, wanted));
  if (operator === '=') return String(value).toLowerCase() === wanted.toLowerCase();
  if (operator === '!=') return String(value).toLowerCase() !== wanted.toLowerCase();
  const [left, right] = [value, Number(wanted)];
  if (typeof left !== 'number' || Number.isNaN(right)) return false;
  if (operator === '>') return left > right;
  if (operator === '<') return left < right;
  return operator === '>=' ? left >= right : left <= right;
};

/** A test for an expression; throws BadFilter where it is none, or of an attribute that cannot be filtered by. */
export const parseFilter = (text: string, filterable: ReadonlySet<string>): Test => {
  const tokens = tokensOf(text);
  let at = 0;
  const peek = () => tokens[at];
  const next = () => {
    const found = tokens[at];
    if (found === undefined) throw new BadFilter('The filter ends too soon.');
    at += 1;
    return found;
  };
  const expect = (wanted: string) => {
    const found = next();
    if (found !== wanted) throw new BadFilter(`Expected \`${wanted}\`, found \`${found}\`.`);
  };
  const either = (): Test => {
    let test = both();
    while (peek()?.toUpperCase() === 'OR') {
      next();
      const [left, right] = [test, both()];
      test = (document) => left(document) || right(document);
    }
    return test;
  };
  const both = (): Test => {
    let test = one();
    while (peek()?.toUpperCase() === 'AND') {
      next();
      const [left, right] = [test, one()];
      test = (document) => left(document) && right(document);
    }
    return test;
  };
  const one = (): Test => {
    if (peek() === '(') {
      next();
      const inside = either();
      expect(')');
      return inside;
    }
    if (peek()?.toUpperCase() === 'NOT') {
      next();
      const test = one();
      return (document) => !test(document);
    }
    return condition();
  };
  const condition = (): Test => {
    const attribute = unquoted(next());
    if (!filterable.has(attribute)) throw new BadFilter(`Attribute \`${attribute}\` is not filterable.`);
    const operator = next();
    if (operator.toUpperCase() === 'IN') {
      const values = list();
      return (document) => values.some((value) => compare('=', document[attribute], value));
    }
    if (!['=', '!=', '>', '<', '>=', '<='].includes(operator))
      throw new BadFilter(`\`${operator}\` is no operator.`);
    const value = unquoted(next());
    return (document) => compare(operator, document[attribute], value);
  };
  const list = (): string[] => {
    expect('[');
    const values: string[] = [];
    while (peek() !== ']') {
      values.push(unquoted(next()));
      if (peek() === ',') next();
    }
    expect(']');
    return values;
  };
  const test = either();
  if (at < tokens.length) throw new BadFilter(`Found unexpected characters: \`${peek()}\`.`);
  return test;
};
