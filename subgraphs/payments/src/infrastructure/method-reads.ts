import { asInstant } from '@emporium/domain';
import type { Reads } from '../application/reads.ts';
import type { PaymentMethodView } from '../application/views.ts';
import { isExpired } from '../domain/payment-method.ts';
import type { PaymentMethod, PrismaClient } from './generated/client.ts';
import { expiryOf } from './prisma-payment-methods.ts';

type Row = Pick<
  PaymentMethod,
  'id' | 'userId' | 'status' | 'label' | 'brand' | 'last4' | 'expiryMonth' | 'expiryYear' | 'isDefault'
> & { readonly createdAt: Date; readonly now: Date };

/** What screens ask about the cards that users keep: never a token. */
export const methodReads = (prisma: PrismaClient): Pick<Reads, 'paymentMethods'> => ({
  paymentMethods: async (userIds) => {
    const rows = await prisma.$queryRaw<Row[]>`
      SELECT id, user_id AS "userId", status, label, brand, last4, expiry_month AS "expiryMonth",
        expiry_year AS "expiryYear", is_default AS "isDefault", created_at AS "createdAt", now()
      FROM payment_methods WHERE user_id = ANY(${[...userIds]}) AND status IN ('PENDING', 'ACTIVE')
      ORDER BY is_default DESC, id DESC`;
    return new Map(
      userIds.map((userId) => [userId, rows.filter((row) => row.userId === userId).map(viewOf)]),
    );
  },
});

const viewOf = ({ now, createdAt, status, ...row }: Row): PaymentMethodView => {
  const { id, userId, label, brand, last4, isDefault } = row;
  const expiry = expiryOf(row);
  const state = isExpired(expiry, asInstant(now.toISOString())) ? 'EXPIRED' : 'ACTIVE';
  return {
    ...{ id, userId, label, brand, last4, expiry, isDefault },
    status: status === 'PENDING' ? 'PENDING' : state,
    addedAt: asInstant(createdAt.toISOString()),
  };
};
