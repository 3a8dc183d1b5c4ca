# syntax=docker/dockerfile:1.7-labs
# One image for every service: the command says which one runs.
ARG NODE=node:20.20-bookworm-slim

FROM ${NODE} AS build
WORKDIR /app
COPY . .
RUN npm ci && npm run build

FROM ${NODE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
COPY --parents packages/card-sandbox/package.json packages/contracts/package.json packages/csv/package.json packages/database/package.json \
     packages/domain/package.json packages/encryption/package.json packages/messaging/package.json packages/pictures/package.json packages/redis/package.json packages/subgraph/package.json packages/telemetry/package.json \
     subgraphs/*/package.json gateway/package.json ./
COPY deploy/install-production.sh deploy/
RUN deploy/install-production.sh

FROM ${NODE}
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /app
COPY --from=dependencies /app/ ./
COPY --from=build --parents /app/./subgraphs/*/dist /app/./packages/*/dist /app/./gateway/dist ./
COPY schema/supergraph.graphql schema/
COPY prisma/ prisma/
# A volume that is mounted here belongs to whoever this folder belongs to.
RUN mkdir -p /data/avatars /data/cards /data/product-images && chown node:node /data/avatars /data/cards /data/product-images
USER node
HEALTHCHECK --interval=5s --timeout=2s --start-period=20s --retries=6 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "gateway/dist/main.js"]
