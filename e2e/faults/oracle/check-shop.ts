/** The oracle: asks the five schemas, from outside of the services, whether everything that must hold does. */
import { type AuditQuery, connectAuditor, findViolations, type Violation } from '@emporium/audit';
import type { DatabaseUrls } from '@emporium/database';
import { openAsOwner } from '../../../subgraphs/orders/src/infrastructure/rebuild/open-as-owner.ts';
import { rebuildReadModel } from '../../../subgraphs/orders/src/infrastructure/rebuild/rebuild-read-model.ts';
import { auditLedger } from '../../../subgraphs/payments/src/infrastructure/ledger/audit/audit-ledger.ts';
import { settledInvariants } from './settled-invariants.ts';

/** An administrator's and the auditor's URLs of the one database with the five schemas. */
export type Databases = Pick<DatabaseUrls, 'admin' | 'auditor'>;

/** Longer than so many seconds no journal may be without a seal. */
const sealedWithin = 60;

/** What SQL alone can tell, over an administrator's connection. */
export const checkTables = async (query: AuditQuery): Promise<readonly Violation[]> => [
  ...(await findViolations(query)),
  ...(await findViolations(query, settledInvariants)),
];

const checkLedger = async (url: string): Promise<readonly Violation[]> => {
  const { findings } = await auditLedger({ url, sealedWithin });
  return findings.map(({ rule, what }) => ({ rule, rows: what.map((said) => ({ said })) }));
};

const silent = { advance: () => undefined, done: () => undefined };

const checkReadModel = async (adminUrl: string): Promise<readonly Violation[]> => {
  const prisma = openAsOwner(adminUrl);
  try {
    const { differences } = await rebuildReadModel(prisma, {
      check: true,
      mostDifferences: 10,
      progress: () => silent,
    });
    const rule = 'orders that are built again from their events are what screens read';
    return differences.length === 0 ? [] : [{ rule, rows: differences }];
  } finally {
    await prisma.$disconnect();
  }
};

/**
 * Every rule that does not hold, with rows that show it; empty when the shop is sound. Ask when nothing is on its way:
 * purchases that are not settled yet are violations too. Throws when a database does not answer.
 */
export const checkShop = async ({ admin, auditor }: Databases): Promise<readonly Violation[]> => {
  const administrator = connectAuditor(admin);
  try {
    return [
      ...(await checkTables(administrator.query)),
      ...(await checkLedger(auditor)),
      ...(await checkReadModel(admin)),
    ];
  } finally {
    await administrator.end();
  }
};
