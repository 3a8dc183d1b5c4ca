/** Prisma's schema engine as WebAssembly: the same engine as the native program, without its download. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { migrationAdapters } from './migration-adapter.ts';
import { noDatabase } from './no-database.ts';

/** The engine itself, with Prisma's own commands as methods. */
export type SchemaEngine = bindings.SchemaEngine;

/** As much of WebAssembly as is needed here: its types come with browsers' libraries only. */
type WebAssemblyLoader = {
  instantiate(
    code: Uint8Array,
    imports: Record<string, unknown>,
  ): Promise<{ instance: { exports: object } }>;
};

/** What the engine said when it panicked; the error that follows does not carry it. */
export const panics: string[] = [];

const load = async (): Promise<void> => {
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => panics.push(message) },
  });
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasm = await readFile(path.join(path.dirname(entry), 'schema_engine_bg.wasm'));
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyLoader };
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
};

let loading: Promise<void> | undefined;

/**
 * Opens an engine on one schema of a database, or on none; `datamodels` are pairs of a schema file's path and text.
 */
export const openEngine = async (
  databaseUrl: string | undefined,
  datamodels?: [string, string][],
): Promise<{ engine: SchemaEngine; close(): Promise<void> }> => {
  loading ??= load();
  await loading;
  const adapters = databaseUrl === undefined ? noDatabase() : migrationAdapters(databaseUrl);
  const engine = await bindings.SchemaEngine.new(
    { datamodels },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapters.factory),
  );
  return {
    engine,
    close: async () => {
      await adapters.dispose();
      engine.free();
    },
  };
};
