import { dictionary } from '@zxcvbn-ts/language-common';

/** The 49,000 most common of the passwords that have leaked, in lower case. */
const common: ReadonlySet<string> = new Set(dictionary['passwords-common']);

export const isCommonPassword = (folded: string): boolean => common.has(folded);
