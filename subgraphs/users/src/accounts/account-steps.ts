/** What tests of accounts do again and again. */
import { decodeEvent, type EventDefinition, type PayloadOf } from '@emporium/contracts';
import type { Viewer } from '@emporium/subgraph';
import { v7 as newId } from 'uuid';
import type { AccountMail } from '../application/accounts/account-mails.ts';
import {
  loginMutation,
  registerSomebody,
  registerVerified,
  type UsersUnderTest,
} from '../users-under-test.ts';

type Template = AccountMail['template'];

export const accountSteps = (users: () => UsersUnderTest) => {
  const answer = '__typename ... on User { id email emailVerified } ... on AccountRefusal { code message }';

  /** Asks one mutation of accounts; the outcome's code, or its type when it is none. */
  const ask = async (field: string, as: Partial<Viewer> = {}) => {
    const { data, errors } = await users().ask(`mutation { done: ${field} { ${answer} } }`, { as });
    const [error] = errors ?? [];
    if (error)
      return error.extensions.field
        ? `${error.extensions.code} ${error.extensions.field}`
        : error.extensions.code;
    return data.done.code ?? data.done;
  };

  const mailsTo = (recipient: string) => users().mailsOf({ recipient });

  const session = (secondsAgo = 0) => ({
    id: null,
    methods: ['pwd'],
    hasSecondFactor: false,
    authenticatedAt: Math.floor(Date.now() / 1000) - secondsAgo,
  });

  return {
    ask,
    /** What a viewer who signed in so long ago has. */
    session,
    deactivate: (id: string, secondsAgo = 0) =>
      ask('deactivateAccount', { id, session: session(secondsAgo) }),
    mailsTo,
    templatesTo: async (recipient: string) =>
      (await mailsTo(recipient)).map(({ template }) => template as Template),
    /** The token of the latest mail of this kind. */
    tokenFor: async (recipient: string, template: Template): Promise<string> => {
      const mail = (await mailsTo(recipient)).findLast((each) => each.template === template);
      return (mail?.data as { token?: string } | undefined)?.token ?? '';
    },
    eventsOf: async (userId: string) => {
      const rows = await users().prisma.securityEvent.findMany({
        where: { userId },
        orderBy: { id: 'asc' },
      });
      return rows.map(({ kind }) => kind);
    },
    /** What the other subgraphs were told. */
    told: async <Event extends EventDefinition>(
      event: Event,
      aggregateId: string,
    ): Promise<PayloadOf<Event>[]> => {
      const where = { aggregateId, subject: event.subject };
      const rows = await users().prisma.outboxMessage.findMany({ where, orderBy: { position: 'asc' } });
      return rows.map(({ envelope }) => decodeEvent(event, envelope).payload as PayloadOf<Event>);
    },
    logIn: async (email: string, password: string) => {
      const { data } = await users().ask(loginMutation, { variables: { input: { email, password } } });
      return data.login.code ?? data.login.__typename;
    },
    liveSessionsOf: (userId: string) =>
      users().prisma.session.count({ where: { userId, revokedAt: null } }),
    somebody: () => registerSomebody(users()),
    /** Whose address is proven: to others we write no notices. */
    proven: () => registerVerified(users()),
    newEmail: () => `${newId()}@example.org`,
  };
};
