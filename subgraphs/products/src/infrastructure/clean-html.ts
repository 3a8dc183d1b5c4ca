import sanitize from 'sanitize-html';

/** A link of a seller's: no reference that searches count, no page that reaches back. */
const rel = 'nofollow noopener ugc';

/**
 * What of a seller's HTML is kept: a few tags of formatting, and links to the web and to mail. What is inside scripts and styles
 * goes with them; of all other tags only the tag.
 */
export const cleanHtml = (html: string): string =>
  sanitize(html, {
    allowedTags: [
      ...['p', 'br', 'h3', 'h4', 'ul', 'ol', 'li', 'blockquote'],
      ...['b', 'strong', 'i', 'em', 'u', 's', 'sub', 'sup', 'a'],
    ],
    allowedAttributes: { a: ['href', 'rel'] },
    nonTextTags: ['script', 'style', 'noscript', 'template', 'iframe', 'textarea', 'option', 'title'],
    // Deeper than anybody writes; browsers are slow where somebody nests thousands.
    nestingLimit: 12,
    transformTags: {
      h1: 'h3',
      h2: 'h3',
      a: (tagName, { href = '' }) => ({
        tagName,
        attribs: isLink(href) ? { href: href.trim(), rel } : ({} as Record<string, string>),
      }),
    },
    exclusiveFilter: ({ tag, attribs: { href } }) => (tag === 'a' && !href ? 'excludeTag' : false),
  })
    // Written as an entity they come through, and Postgres takes no NUL.
    .replaceAll(/[^\P{Cc}\n\r\t]/gu, '')
    .trim();

const isLink = (href: string): boolean => /^\s*(?:https?:\/\/|mailto:)/i.test(href);
