import {
  type Answered,
  type Asked,
  createMisbehavingServer,
  KeyClash,
  type Misbehaving,
} from '@emporium/provider-sandbox';
import { ApiError, invalid } from './api-error.ts';
import { type Books, createBooks } from './books.ts';
import { type Operation, routeTo } from './routes.ts';
import { createSigner } from './signer.ts';
import { type Credentials, createTokens } from './tokens.ts';
import { createWebhooks, type Delivery, type Endpoint } from './webhooks.ts';

export type PayPalSandbox = Misbehaving<Operation> & {
  readonly books: Books;
  readonly credentials: Credentials;
  /** Sends the events that have happened since the last time; gives the statuses that were answered. */
  deliver(to: Endpoint, how?: Delivery): Promise<number[]>;
  /** Access tokens hold no more. */
  expireTokens(): void;
  /** Nothing goes wrong any more, and no event waits. */
  calm(): void;
};

const credentials: Credentials = { clientId: 'sandbox-client', clientSecret: 'sandbox-secret' };
const certPath = '/v1/notifications/certs/CERT-sandbox';

/** A server that speaks PayPal's API as far as payments does, keeps what it did, and misbehaves on demand. */
export const createPayPalSandbox = async (): Promise<PayPalSandbox> => {
  const signer = createSigner();
  const webhooks = createWebhooks(signer, () => `${server.url}${certPath}`);
  const tokens = createTokens(credentials);
  const books = createBooks(webhooks.add, (id) => `${server.url}/checkoutnow?token=${id}`);
  const server = await createMisbehavingServer<Operation>({
    route: (asked) => {
      const { authorization } = asked.headers;
      if (asked.path === '/v1/oauth2/token')
        return open('token', () => ({ status: 200, body: tokens.give(authorization, asked.text) }));
      if (asked.path === certPath) return open('certificate', () => ({ status: 200, body: signer.pem }));
      const { route, id } = routeTo(asked);
      tokens.check(authorization);
      const work = () => route.answer(books, id, bodyOf(asked));
      return { operation: route.operation, key: keyOf(asked), work };
    },
    errorOf,
    failure: answerOf(new ApiError(500, 'INTERNAL_SERVER_ERROR')),
    isKept: ({ status }) => status < 400,
  });
  return {
    ...server,
    ...{ books, credentials },
    deliver: webhooks.deliver,
    expireTokens: tokens.expire,
    calm: () => {
      server.calm();
      webhooks.clear();
    },
  };
};

const open = (operation: Operation, work: () => Answered) => ({ operation, key: undefined, work });

/** Of a request that changes something, which has one. */
const keyOf = ({ method, headers, path }: Asked): string | undefined => {
  if (method !== 'POST') return undefined;
  const key = headers['paypal-request-id'];
  if (typeof key !== 'string') throw invalid('PAYPAL_REQUEST_ID_REQUIRED');
  return `${path} ${key}`;
};

const bodyOf = ({ text }: Asked): object => (text ? JSON.parse(text) : {});

const answerOf = ({ status, body }: ApiError): Answered => ({ status, body });

/** What PayPal answers instead; whatever else is thrown is the sandbox's own fault. */
const errorOf = (error: unknown): Answered => {
  if (error instanceof ApiError) return answerOf(error);
  if (!(error instanceof KeyClash)) throw error;
  return answerOf(new ApiError(422, 'UNPROCESSABLE_ENTITY', 'PAYPAL_REQUEST_ID_REUSED'));
};
