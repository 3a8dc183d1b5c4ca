import { restDocument } from '../../rest/rest-paths.ts';
import { htmlPage } from './html.ts';

export const swaggerPath = '/api/docs';

/** Swagger UI, from files that this gateway serves. */
export const swaggerPage = htmlPage(
  'REST',
  `<link rel="icon" href="data:,">
<link rel="stylesheet" href="${swaggerPath}/swagger.css">
<script src="${swaggerPath}/swagger.js" defer></script>
<script src="${swaggerPath}/start.js" defer></script>`,
  '<div id="swagger">Loading…</div>',
);

export const swaggerStart = `SwaggerUIBundle({ url: '${restDocument}', dom_id: '#swagger', deepLinking: true });
`;
