import {
  rateLimited,
  requireRecentProof,
  requireSignedIn,
  stepUpRequired,
  unauthenticated,
} from '@emporium/subgraph';
import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { AuthResult } from '../auth-result.type.ts';
import type { Context } from '../context.ts';
import { readPasswordAttempt, readReason } from '../read-input.ts';
import { showAuth } from '../show-auth.ts';
import { readCode, readDigits, readOptionalCode } from './read-code.ts';
import { ProveIdentityInput, type RecoveryCodes, SecondFactor } from './second-factor.types.ts';
import {
  EnrolTotpResult,
  RecoveryCodesResult,
  refusal,
  type SecondFactorRefusal,
  SecondFactorResult,
} from './second-factor-result.type.ts';

const gone = () => unauthenticated('This account is gone. Register a new one.');

/** The token may be from before there were codes, and say that none is missing. */
const needsCode = () => stepUpRequired(['pwd', 'otp']);

const needsProof = 'It needs a proof of the last 10 minutes, else it is an error STEP_UP_REQUIRED.';

/** Proving who one is, anew and by more than a password. */
@Resolver()
export class SecondFactorResolver {
  @Query(() => SecondFactor, { description: "How the viewer's own account is protected." })
  secondFactor(@Ctx() { app, viewer }: Context): Promise<SecondFactor> {
    return showOwn(app, requireSignedIn(viewer).id);
  }

  @Mutation(() => AuthResult, {
    description:
      'Proves again who the viewer is, for what answers STEP_UP_REQUIRED: the same session, with the next pair of tokens in place of those before. Counted as logging in is.',
  })
  async proveIdentity(
    @Arg('input', () => ProveIdentityInput, { description: 'The proof.' }) input: ProveIdentityInput,
    @Ctx() context: Context,
  ): Promise<typeof AuthResult> {
    const { app, viewer, cookies, origin } = context;
    const { id: userId } = requireSignedIn(viewer);
    const proof = {
      password: readPasswordAttempt(input.password, 'input.password'),
      code: readOptionalCode(input.totp, 'input.totp'),
    };
    const outcome = await app.proveIdentity({ userId, sessionId: sessionOf(context) }, proof, origin);
    return showAuth(outcome, context, cookies.areWanted || cookies.refreshToken !== null);
  }

  @Mutation(() => EnrolTotpResult, {
    description: `Begins to switch one-time codes on: they count once \`confirmTotp\` has seen one. The e-mail address must be verified. ${needsProof}`,
  })
  async enrolTotp(@Ctx() { app, viewer }: Context): Promise<typeof EnrolTotpResult> {
    const { id } = requireRecentProof(viewer, await app.now());
    const enrolment = await app.enrolTotp(id);
    if (enrolment === null) throw gone();
    return typeof enrolment === 'string'
      ? refusal(enrolment)
      : { __typename: 'TotpEnrolment', ...enrolment };
  }

  @Mutation(() => RecoveryCodesResult, {
    description:
      'Switches one-time codes on. All access tokens of the account and all links that were mailed end: ask for the next with `refreshSession`. This session counts as proven by a code then, others once they prove it.',
  })
  async confirmTotp(
    @Arg('code', () => String, { description: 'Six digits, as the app shows them.' }) code: string,
    @Ctx() context: Context,
  ): Promise<typeof RecoveryCodesResult> {
    const { app, viewer, origin } = context;
    const { id: userId } = requireSignedIn(viewer);
    const own = { userId, sessionId: sessionOf(context) };
    return showCodes(await app.confirmTotp(own, readDigits(code, 'code'), origin));
  }

  @Mutation(() => SecondFactorResult, {
    description: `Switches one-time codes off, and forgets the secret and the recovery codes. ${needsProof} Too many wrong codes are an error RATE_LIMITED.`,
  })
  async disableTotp(
    @Arg('code', () => String, { description: 'A one-time code or a recovery code.' }) code: string,
    @Ctx() context: Context,
  ): Promise<typeof SecondFactorResult> {
    const { app, viewer, origin } = context;
    const typed = readCode(code, 'code');
    const { id } = requireRecentProof(viewer, await app.now());
    const own = { userId: id, sessionId: sessionOf(context) };
    const outcome = await app.disableTotp(own, typed, origin);
    if (outcome === null) throw gone();
    if (outcome === 'CODE_NOT_SHOWN') throw needsCode();
    if (typeof outcome === 'object') throw rateLimited(outcome.retryAfter);
    return outcome === 'disabled' ? showOwn(app, id) : refusal(outcome);
  }

  @Mutation(() => SecondFactorResult, {
    description: `For administrators: takes the one-time codes of somebody else away who has lost app and recovery codes and has shown who they are. Their sessions end, and they are told by mail. ${needsProof}`,
  })
  async removeSecondFactor(
    @Arg('userId', () => ID, { description: 'Whose account.' }) userId: string,
    @Arg('reason', () => String, {
      description:
        'Why, in 1 to 500 characters without personal data: it is kept among the security events, which the owner reads.',
    })
    reason: string,
    @Ctx() { app, viewer }: Context,
  ): Promise<typeof SecondFactorResult> {
    const { id: by } = requireRecentProof(viewer, await app.now());
    const outcome = await app.removeSecondFactor(userId, { by, reason: readReason(reason, 'reason') });
    return outcome === 'removed' ? showOwn(app, userId) : refusal(outcome);
  }

  @Mutation(() => RecoveryCodesResult, {
    description: `New recovery codes; those before are good no more. ${needsProof}`,
  })
  async regenerateRecoveryCodes(@Ctx() context: Context): Promise<typeof RecoveryCodesResult> {
    const { app, viewer, origin } = context;
    const { id: userId } = requireRecentProof(viewer, await app.now());
    const own = { userId, sessionId: sessionOf(context) };
    const outcome = await app.regenerateRecoveryCodes(own, origin);
    if (outcome === 'CODE_NOT_SHOWN') throw needsCode();
    return showCodes(outcome);
  }
}

const sessionOf = ({ viewer }: Context): string | null => viewer.session?.id ?? null;

const showOwn = async (app: Context['app'], id: string): Promise<SecondFactor> => ({
  __typename: 'SecondFactor',
  ...(await app.showSecondFactor(id)),
});

const showCodes = (
  codes: readonly string[] | Parameters<typeof refusal>[0] | null,
): RecoveryCodes | SecondFactorRefusal => {
  if (codes === null) throw gone();
  return typeof codes === 'string' ? refusal(codes) : { __typename: 'RecoveryCodes', codes };
};
