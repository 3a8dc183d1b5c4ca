import { natsConfig } from '@emporium/local-stack';
import { expect, it } from 'vitest';

it('gives the production broker the permissions of the local one', async () => {
  const config = natsConfig({
    host: '0.0.0.0',
    port: 4222,
    monitorPort: 8222,
    storeFolder: '/data',
    syncEveryWrite: true,
    passwordOf: (user) => `$NATS_${user.toUpperCase()}_PASSWORD`,
  });
  // `npx vitest run deploy -u` writes the file anew.
  await expect(config).toMatchFileSnapshot('nats.conf');
});
