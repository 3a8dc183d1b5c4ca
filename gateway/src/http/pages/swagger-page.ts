import { restDocument } from '../../rest/rest-paths.ts';

export const swaggerPath = '/api/docs';

/** Swagger UI, from files that this gateway serves. */
export const swaggerPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>REST</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${swaggerPath}/swagger.css">
<script src="${swaggerPath}/swagger.js" defer></script>
<script src="${swaggerPath}/start.js" defer></script>
</head>
<body><div id="swagger">Loading…</div></body>
</html>
`;

export const swaggerStart = `SwaggerUIBundle({ url: '${restDocument}', dom_id: '#swagger', deepLinking: true });
`;
