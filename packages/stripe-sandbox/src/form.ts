/** A form's fields: `metadata[key]` is a field of `metadata`. */
export type Form = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

export const readForm = (text: string): Form => {
  const form: Record<string, string | Record<string, string>> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const [, field = name, key] = /^(\w+)\[(\w+)\]/.exec(name) ?? [];
    if (key === undefined) form[field] = value;
    else form[field] = { ...(typeof form[field] === 'object' ? form[field] : {}), [key]: value };
  }
  return form;
};

export const textOf = (form: Form, name: string): string | null => {
  const value = form[name];
  return typeof value === 'string' ? value : null;
};

export const fieldsOf = (form: Form, name: string): Readonly<Record<string, string>> => {
  const value = form[name];
  return typeof value === 'object' ? value : {};
};
