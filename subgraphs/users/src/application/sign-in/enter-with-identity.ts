import { asId } from '@emporium/domain';
import type { Email } from '../../domain/email.ts';
import {
  decideSignIn,
  type EmailAccount,
  type ProvenIdentity,
  type SignInDecision,
} from '../../domain/linked-identity.ts';
import { namelessName, tidyName } from '../../domain/name.ts';
import type { TypedCode } from '../../domain/second-factor/typed-code.ts';
import type { User } from '../../domain/user.ts';
import { reclaim } from '../accounts/reclaim.ts';
import { letIn } from '../let-in.ts';
import type { Origin } from '../origin.ts';
import type { Dependencies, Ports } from '../ports.ts';
import { type AuthRefusalCode, type StartedSession, startSession } from '../start-session.ts';
import { addIdentity } from './link-identity.ts';

/** What somebody comes in with. */
export type Entrance = {
  readonly provider: string;
  readonly identity: ProvenIdentity;
  readonly origin: Origin;
  /** Whether a new account would be counted already; else none is opened. */
  readonly isCounted: boolean;
  /** Needed where the account has one-time codes. */
  readonly code: TypedCode | null;
};

/** `MUST_COUNT`: it would be a new account, and new ones are not counted yet. */
export type Entered = StartedSession | AuthRefusalCode | 'MUST_COUNT';

/** As their provider calls somebody, if that can be shown. */
const nameOf = ({ name }: ProvenIdentity): string => tidyName(name ?? '') ?? namelessName;

/** The account of an address, held. */
const accountOf = async (
  { accounts, accountChanges }: Ports,
  email: Email,
): Promise<EmailAccount | null> => {
  const found = await accountChanges.findByEmail(email);
  const user = found && (await accounts.lock(found.id));
  return user?.email === email ? { userId: user.id, isVerified: user.emailVerified } : null;
};

const decide = async (ports: Ports, identity: ProvenIdentity) => {
  const linkedTo = await ports.identities.lock(identity);
  const { verifiedEmail } = identity;
  const isAsked = linkedTo === null && verifiedEmail !== null;
  const account = isAsked ? await accountOf(ports, verifiedEmail) : null;
  return { decision: decideSignIn(identity, linkedTo, account), account };
};

/** Finds or makes the account of a proven identity and lets its owner in, or leaves nothing behind. */
export const enterWithIdentity = (dependencies: Dependencies) => {
  const { newId } = dependencies;
  const add = addIdentity(dependencies);
  const begin = startSession(dependencies);

  /** Null when somebody has just registered the address. */
  const open = async (
    { identities, accountChanges, securityEvents }: Ports,
    { identity, origin }: Entrance,
    email: User['email'],
  ): Promise<User | null> => {
    const account = { id: asId<'User'>(newId()), email, name: nameOf(identity), roles: ['BUYER'] as const };
    const user: User = { ...account, emailVerified: true, state: 'ACTIVE' };
    if (!(await identities.open(user))) return null;
    await accountChanges.verifyEmail(user.id);
    await securityEvents.record({ kind: 'ACCOUNT_OPENED', userId: user.id, origin });
    return user;
  };

  /** Null when it has just become another's, or nobody's. */
  const find = async (
    ports: Ports,
    entrance: Entrance,
    decision: Exclude<SignInDecision, { type: 'refuse' }>,
  ): Promise<User | null> => {
    if (decision.type === 'open') return open(ports, entrance, decision.email);
    const user = await ports.accounts.lock(decision.userId);
    if (!user || decision.type !== 'reclaim') return user;
    return reclaim(ports, user, entrance.origin, nameOf(entrance.identity));
  };

  const start = async (
    ports: Ports,
    { provider, identity, origin, code }: Entrance,
    user: User,
    how: SignInDecision['type'],
  ): Promise<StartedSession | AuthRefusalCode> => {
    const proven = await letIn(dependencies)(ports, user, { method: 'fed', code, origin });
    if (typeof proven === 'string') {
      const detail = { provider, refusal: proven };
      if (proven === 'TOTP_INVALID')
        await ports.securityEvents.record({ kind: 'LOGIN_FAILED', userId: user.id, origin, detail });
      return proven;
    }
    await ports.securityEvents.record({ kind: 'LOGGED_IN', userId: user.id, origin, detail: { provider } });
    if (how === 'sign-in') await ports.identities.noteUse(identity);
    else await add(ports, { user, provider, identity, origin, isNews: how === 'link' });
    return begin(ports, proven.user, { origin, methods: proven.methods });
  };

  const enter = async (ports: Ports, entrance: Entrance): Promise<Entered> => {
    const { provider, identity, origin, isCounted } = entrance;
    const { decision, account } = await decide(ports, identity);
    if (decision.type === 'refuse') {
      const userId = account?.userId ?? null;
      await ports.securityEvents.record({ kind: 'LOGIN_FAILED', userId, origin, detail: { provider } });
      return decision.refusal;
    }
    if (decision.type === 'open' && !isCounted) return 'MUST_COUNT';
    const user = await find(ports, entrance, decision);
    return user ? start(ports, entrance, user, decision.type) : enter(ports, entrance);
  };
  return enter;
};
