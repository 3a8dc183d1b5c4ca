/** Of a seller's HTML, what is kept: formatting, and nothing that acts. Anything may be given. */
export type CleanHtml = (html: string) => string;

const ends = /<br \/>|<\/(?:p|h3|h4|li|ul|ol|blockquote)>/g;
const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&amp;': '&',
};

/** What clean HTML says, a line for each of its blocks: for searches, and for whoever shows no HTML. */
export const textOfHtml = (clean: string): string =>
  clean
    .replaceAll(ends, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(?:lt|gt|quot|amp);/g, (entity) => entities[entity] ?? entity)
    .replaceAll(/\n{2,}/g, '\n')
    .trim();

/** A description as it is kept: clean, and none where nothing is left. */
export const descriptionOf = (
  clean: CleanHtml,
  html: string | null | undefined,
): string | null | undefined => (typeof html === 'string' ? clean(html) || null : html);
