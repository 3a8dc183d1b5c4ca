import { testPostgres } from '@emporium/testing';
import { describe, expect, it } from 'vitest';
import { deploy } from './deploy.ts';
import { readDeployConfig } from './deploy-config.ts';
import { subgraphNames } from './subgraph-names.ts';
import { inDatabase } from './urls.ts';

describe('deploy', () => {
  it('prepares and migrates a server that has no database yet, and again without a change', async () => {
    const { adminUrl, passwords } = await testPostgres();
    const steps: string[] = [];
    const config = { adminUrl: inDatabase(adminUrl, `deployed_${Date.now()}`), passwords };
    await deploy(config, (step) => steps.push(step));
    await deploy(config, (step) => steps.push(step));
    const once = ['database ready', ...subgraphNames.map(() => 'schema migrated')];
    expect(steps).toEqual([...once, ...once]);
  });
});

describe('the environment of a deployment', () => {
  it('is refused with every missing name at once', () => {
    const env = { DATABASE_URL: 'postgresql://localhost/emporium', USERS_DATABASE_PASSWORD: 'x' };
    expect(() => readDeployConfig(env)).toThrow(
      'These variables must be set: PRODUCTS_DATABASE_PASSWORD, INVENTORY_DATABASE_PASSWORD, ORDERS_DATABASE_PASSWORD, PAYMENTS_DATABASE_PASSWORD, AUDITOR_DATABASE_PASSWORD',
    );
  });
});
