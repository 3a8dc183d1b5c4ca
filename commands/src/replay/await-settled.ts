import { type Client, dataOf } from '@emporium/client';

const operation = /* GraphQL */ `
  subscription Settle($orderId: ID!) { orderStatusChanged(orderId: $orderId) { status } }
`;

/** Watches an order until its purchase is settled, and answers its status then: CONFIRMED, or what ended it. */
export const awaitSettled = async (customer: Client, orderId: string): Promise<string> => {
  let status = 'UNKNOWN';
  const changes = customer.subscribe<{ orderStatusChanged: { status: string } }>(operation, { orderId });
  for await (const { data, errors } of changes) {
    ({ status } = dataOf({ data, errors, status: 200 }).orderStatusChanged);
    if (status !== 'PENDING' && status !== 'RESERVED') break;
  }
  return status;
};
