/** Bundles a service: `src/main.ts` (and its seed and further programs, where there are any) to `dist/`, our packages inside, npm's outside. */
import { existsSync, rmSync } from 'node:fs';
import { build, type Plugin } from 'esbuild';

/** Everything that npm installs stays outside of the bundle; only our own workspace packages go in. */
const npmStaysOutside: Plugin = {
  name: 'npm-stays-outside',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@emporium/') ? undefined : { path, external: true },
    );
  },
};

rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: [
    'src/main.ts',
    'src/seed.ts',
    'src/reseal.ts',
    'src/search-rebuild.ts',
    'src/ledger-audit.ts',
    'src/infrastructure/hash-process.js',
  ].filter((file) => existsSync(file)),
  outdir: 'dist',
  entryNames: '[name]',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  plugins: [npmStaysOutside],
  logLevel: 'warning',
});
