import { describe, expect, it } from 'vitest';
import { randomPasswords } from './roles.ts';
import { asRole, databaseOf, databaseUrls } from './urls.ts';

const adminUrl = 'postgresql://root:p%40ss@db.example:6432/shop?sslmode=require&schema=public';

describe('the URLs of the roles', () => {
  it('keep server, database and settings, but not Prisma’s schema', () => {
    expect(asRole(adminUrl, 'emporium_orders', 'a/b@c')).toBe(
      'postgresql://emporium_orders:a%2Fb%40c@db.example:6432/shop?sslmode=require',
    );
  });
  it('are one per subgraph and kind', () => {
    const passwords = randomPasswords();
    const { owner, runtime, auditor } = databaseUrls(adminUrl, passwords);
    expect(new URL(owner.orders).username).toBe('emporium_orders_owner');
    expect(new URL(runtime.orders).username).toBe('emporium_orders');
    expect(new URL(auditor).password).toBe(passwords.auditor);
    expect(new Set([...Object.values(owner), ...Object.values(runtime), auditor]).size).toBe(11);
  });
  it('need a database', () => {
    expect(() => databaseOf('postgresql://localhost')).toThrow('names no database');
  });
});
