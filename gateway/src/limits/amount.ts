/** The variables of one request, with the operation's own defaults. */
export type Variables = Readonly<Record<string, unknown>>;

/** A number that is known, or that the variables of a request decide. */
export type Amount = number | ((variables: Variables) => number);

export const at = (amount: Amount, variables: Variables): number =>
  typeof amount === 'number' ? amount : amount(variables);

/** What is known is added up once. */
export const sum = (amounts: readonly Amount[]): Amount => {
  let known = 0;
  const open: ((variables: Variables) => number)[] = [];
  for (const amount of amounts) {
    if (typeof amount === 'number') known += amount;
    else open.push(amount);
  }
  if (open.length === 0) return known;
  return (variables) => {
    let total = known;
    for (const amount of open) total += amount(variables);
    return total;
  };
};

export const product = (left: Amount, right: Amount): Amount => {
  if (left === 0 || right === 0) return 0;
  if (left === 1) return right;
  if (right === 1) return left;
  if (typeof left === 'number' && typeof right === 'number') return left * right;
  return (variables) => at(left, variables) * at(right, variables);
};

export const atLeastZero = (amount: Amount): Amount =>
  typeof amount === 'number' ? Math.max(0, amount) : (variables) => Math.max(0, amount(variables));
