/**
 * `@cacheControl` as Apollo defines it, composed into the supergraph, where the gateway reads for how long it may keep an
 * answer: without a hint, not at all. PUBLIC only where no viewer is answered otherwise than another.
 */
export const cacheControl = `
  extend schema
    @link(url: "https://specs.emporium.dev/cacheControl/v1.0", import: ["@cacheControl"])
    @composeDirective(name: "@cacheControl")

  "For whom an answer may be kept."
  enum CacheControlScope {
    "Everybody is answered alike."
    PUBLIC
    "Viewers may be answered differently."
    PRIVATE
  }

  directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
`;
