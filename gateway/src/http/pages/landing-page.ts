import type { GraphQLSchema } from 'graphql';
import { type ExampleOperation, exampleOperations } from './example-operations.ts';
import { escapeHtml, htmlPage } from './html.ts';

const sandboxUrl = 'https://studio.apollographql.com/sandbox/explorer?endpoint=';

/**
 * What a browser gets at `/`: what this is, ways in, and an operation for each root field of `schema`, if it is not to be
 * kept secret. Whole without a network.
 */
export const landingPage = (schema: GraphQLSchema | null, endpoint: string): string => {
  const operations = schema ? exampleOperations(schema) : [];
  return htmlPage(
    `GraphQL at ${endpoint}`,
    `<style>${style}</style>`,
    `
<main>
<h1>One graph, served here</h1>
<p>This is a GraphQL gateway. Send queries and mutations to <code>${escapeHtml(endpoint)}</code> over HTTP;
subscribe at <code>${escapeHtml(endpoint.replace(/^http/, 'ws'))}</code> with the <code>graphql-transport-ws</code> protocol.
Signed in, send <code>Authorization: Bearer &lt;accessToken&gt;</code>, or the same in <code>connection_init</code>.</p>
<nav>
<a class="way" href="/graphiql"><b>GraphiQL</b> served from here, with subscriptions; works offline</a>
<a class="way" href="${escapeHtml(sandboxUrl + encodeURIComponent(endpoint))}" rel="noopener"><b>Apollo Sandbox</b> with this endpoint filled in</a>
</nav>
<h2>From a terminal</h2>
<pre>curl ${escapeHtml(endpoint)} \\
  -H 'content-type: application/json' \\
  -d '{"query":"{ __typename }"}'</pre>
${section('Queries', 'query', operations)}
${section('Mutations', 'mutation', operations)}
${section('Subscriptions', 'subscription', operations)}
</main>
`,
  );
};

const section = (
  title: string,
  kind: ExampleOperation['kind'],
  operations: readonly ExampleOperation[],
): string => {
  const examples = operations.filter((example) => example.kind === kind);
  return examples.length === 0 ? '' : `<h2>${title}</h2>\n${examples.map(entry).join('\n')}`;
};

const entry = ({ field, description, document, variables }: ExampleOperation): string => {
  const query = new URLSearchParams({ query: document, variables });
  return `<details>
<summary><code>${escapeHtml(field)}</code> <span>${withCode(escapeHtml(description))}</span></summary>
<pre>${escapeHtml(document)}</pre>${variables === '{}' ? '' : `<pre>${escapeHtml(variables)}</pre>`}
<a href="/graphiql?${escapeHtml(query.toString())}">Open in GraphiQL</a>
</details>`;
};

/** Descriptions are Markdown; names in them are all that is set in it. */
const withCode = (escaped: string): string => escaped.replace(/`([^`]+)`/g, '<code>$1</code>');

const style = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent) }
body { font: 16px/1.55 system-ui, sans-serif; margin: 0 }
main { max-width: 46rem; margin: 0 auto; padding: 3rem 1.25rem 5rem }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 1rem }
h2 { font-size: 1.1rem; margin: 2.5rem 0 .5rem }
code, pre { font: .875rem/1.5 ui-monospace, monospace }
pre { border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; overflow-x: auto }
nav { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); margin: 1.5rem 0 }
.way { border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; color: inherit; text-decoration: none }
.way:hover, .way:focus-visible { border-color: currentColor }
.way b { display: block }
details { border-bottom: 1px solid var(--line); padding: .5rem 0 }
summary { cursor: pointer }
summary span { opacity: .75 }
`;
