#!/usr/bin/env node
// Named to Prisma's CLI by PRISMA_SCHEMA_ENGINE_BINARY (see prisma/subgraph-config.ts).
import { register } from 'tsx/esm/api';

register();
const { standInForSchemaEngine } = await import('../src/schema-engine/stand-in.ts');
await standInForSchemaEngine(process.argv.slice(2));
