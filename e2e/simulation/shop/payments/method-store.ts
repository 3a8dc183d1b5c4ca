import type {
  FoundCard,
  PaymentMethods,
  UserId,
} from '../../../../subgraphs/payments/src/application/ports.ts';
import { partly } from '../../store/not-simulated.ts';
import { isKept, type MethodRow } from './payment-tables.ts';
import type { PaymentsWithin } from './within.ts';

/** Cards that users keep, within a transaction. Whatever changes them holds the user's first. */
export const createMethodStore = ({ tx, tables, scheduler }: PaymentsWithin) => {
  const { methods } = tables;
  const hold = (userId: UserId) => tx.lock(`payment methods of ${userId}`);
  const ofUser = (userId: UserId) => tx.rows(methods).filter((row) => row.userId === userId);
  const change = async (id: string, to: Partial<MethodRow>): Promise<MethodRow | undefined> => {
    const row = tx.read(methods, id);
    if (row) await tx.put(methods, id, { ...row, ...to });
    return row;
  };
  const store = partly<PaymentMethods>('payment methods', {
    load: async (userId) => {
      await tx.statement(`loads the cards of ${userId}`);
      await hold(userId);
      const rows = ofUser(userId).filter(isKept);
      return {
        methods: rows.map(({ id, status, isDefault, wantsDefault }) => ({
          ...{ id, isDefault, wantsDefault, expiry: null },
          status: status === 'PENDING' ? ('PENDING' as const) : ('ACTIVE' as const),
        })),
        at: scheduler.instant(),
        isGone: false,
      };
    },
    findByKey: async (userId, key) => ofUser(userId).find((row) => row.idempotencyKey === key) ?? null,
    find: async (userId, id) => {
      await tx.statement(`looks for card ${id}`);
      return ofUser(userId).find((row) => row.id === id) ?? null;
    },
    add: async (method) => {
      await tx.statement(`adds card ${method.id}`);
      await tx.put(methods, method.id, {
        ...{ ...method, status: 'PENDING', refusal: null, token: null, isDefault: false },
      });
    },
    activate: async (id, token) => void (await change(id, { status: 'ACTIVE', token })),
    refuse: async (id, refusal) =>
      void (await change(id, { status: 'REFUSED', refusal, isDefault: false })),
    setDefault: async (userId, id) => {
      await tx.statement(`makes ${id} the default`);
      for (const row of ofUser(userId))
        if (row.isDefault !== (row.id === id)) await change(row.id, { isDefault: row.id === id });
    },
    remove: async (id) => {
      await tx.statement(`removes card ${id}`);
      const row = await change(id, { status: 'REMOVED', token: null, isDefault: false });
      return row?.token ?? null;
    },
  });
  const findSaved = async (userId: UserId, id: string | undefined): Promise<FoundCard> => {
    if (id === undefined) return { type: 'NO_CARD' };
    await tx.statement(`looks for saved card ${id}`);
    const row = ofUser(userId).find((each) => each.id === id);
    if (row?.status === 'REMOVED') return { type: 'METHOD_REMOVED' };
    return row?.token ? { type: 'CARD', token: row.token } : { type: 'METHOD_NOT_FOUND' };
  };
  return { store, findSaved };
};
