/** What somebody would try first: passwords that many have, one character over and over, and those made of what is known of their owner. */

type Owner = { readonly email: string; readonly name: string };

/** Fewer characters than these beside the owner's own name or address are soon tried out. */
const fewestOthers = 5;
/** Shorter words are in too many passwords by chance. */
const shortestWord = 4;

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/** `hello world 99!` is `hello world`: digits and signs at the ends make nothing new. */
const withoutEnds = (text: string): string => text.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

const wordsOf = ({ email, name }: Owner): string[] => {
  const [local = ''] = email.split('@', 1);
  const all = [
    email,
    local,
    name,
    name.replaceAll(/\s+/g, ''),
    ...local.split(/[^\p{L}\p{N}]+/u),
    ...name.split(/\s+/),
  ];
  return [...new Set(all.map(fold))].filter((word) => [...word].length >= shortestWord);
};

/** `isCommon` is asked with lower-case NFKC. */
export const isGuessable = (
  password: string,
  owner: Owner,
  isCommon: (text: string) => boolean,
): boolean => {
  const folded = fold(password);
  if (new Set(folded).size === 1) return true;
  if (isCommon(folded) || isCommon(withoutEnds(folded))) return true;
  return wordsOf(owner).some((word) => [...folded.replaceAll(word, '')].length < fewestOthers);
};
