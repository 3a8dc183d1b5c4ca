import { badUserInput } from '@emporium/subgraph';

const longestLocale = 35;

/** A BCP 47 tag in its canonical spelling: "EN-gb" is "en-GB". */
export const readLocale = (text: string, field: string): string => {
  try {
    const [locale] = text.length <= longestLocale ? Intl.getCanonicalLocales(text) : [];
    if (locale !== undefined && locale.length <= longestLocale) return locale;
  } catch {
    // Falls through: no tag at all.
  }
  throw badUserInput('That is not a BCP 47 language tag such as "en-GB".', field);
};
