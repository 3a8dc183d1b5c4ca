/** A statement whose text has this is planned for its values each time: the best plan of a search depends on what is searched for. */
export const plannedAfresh = '/* planned afresh */';

/**
 * Names for statements that Postgres then parses and plans once per connection instead of each time. Undefined for one that is
 * asked for the first time, marked as planned afresh, or comes when `atMost` are named: a connection keeps what it has named.
 */
export const createStatementNames = (atMost = 300) => {
  const names = new Map<string, string>();
  const once = new Set<string>();
  return ({ sql }: { readonly sql: string }): string | undefined => {
    const known = names.get(sql);
    if (known !== undefined || names.size >= atMost || sql.includes(plannedAfresh)) return known;
    if (once.has(sql)) {
      const name = `s${names.size}`;
      names.set(sql, name);
      once.delete(sql);
      return name;
    }
    if (once.size >= atMost) once.clear();
    once.add(sql);
    return undefined;
  };
};
