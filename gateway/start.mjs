/** Starts the built gateway, or says how to build it. */
import { existsSync } from 'node:fs';

const main = new URL('dist/main.js', import.meta.url);
if (existsSync(main)) await import(main.href);
else {
  process.stderr.write('The gateway is not built yet. Build it with: npm run build -w @emporium/gateway\n');
  process.exitCode = 1;
}
