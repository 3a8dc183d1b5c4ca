import { htmlPage } from './html.ts';

/** GraphiQL, from files that this gateway serves. */
export const graphiqlPage = htmlPage(
  'GraphiQL',
  `<link rel="icon" href="data:,">
<link rel="stylesheet" href="/graphiql/graphiql.css">
<style>html, body, #graphiql { height: 100%; margin: 0 }</style>
<script src="/graphiql/react.js" defer></script>
<script src="/graphiql/react-dom.js" defer></script>
<script src="/graphiql/graphiql.js" defer></script>
<script src="/graphiql/start.js" defer></script>`,
  '<div id="graphiql">Loading…</div>',
);

/**
 * Runs in the browser. The header editor's `Authorization` goes with HTTP requests, and with `connection_init` of
 * subscriptions; a link may bring an operation in `?query=&variables=`. A socket is closed without a word to a token that is
 * not valid, and tried again for half a minute; so subscriptions are preceded by a request that is refused in words.
 */
export const graphiqlStart = `const given = new URLSearchParams(location.search);
const endpoint = new URL('/graphql', location.href);
const sockets = new URL(endpoint);
sockets.protocol = endpoint.protocol === 'https:' ? 'wss:' : 'ws:';
const operation = {};
if (given.has('query')) operation.query = given.get('query');
if (given.has('variables')) operation.variables = given.get('variables');
const execute = GraphiQL.createFetcher({ url: endpoint.href, subscriptionUrl: sockets.href });
const isSubscription = ({ operationName }, { documentAST }) =>
  documentAST?.definitions.some(
    ({ operation, name }) => operation === 'subscription' && (!operationName || name?.value === operationName),
  );
const fetcher = async (operation, options = {}) => {
  if (!isSubscription(operation, options)) return execute(operation, options);
  const headers = { 'content-type': 'application/json', ...options.headers };
  const same = await fetch(endpoint, { method: 'POST', headers, body: '{"query":"{ __typename }"}' });
  return same.ok ? execute(operation, options) : same.json();
};
ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, {
    fetcher,
    defaultEditorToolsVisibility: 'headers',
    isHeadersEditorEnabled: true,
    shouldPersistHeaders: true,
    ...operation,
  }),
);
`;
