import { rateLimited, requireRecentProof, requireSignedIn, unauthenticated } from '@emporium/subgraph';
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { AuthResult } from '../auth-result.type.ts';
import type { Context } from '../context.ts';
import { readPasswordAttempt } from '../read-input.ts';
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
      'Switches one-time codes on. This session counts as proven by one from its next `refreshSession` on, others once they prove it.',
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
    @Ctx() { app, viewer, origin }: Context,
  ): Promise<typeof SecondFactorResult> {
    const typed = readCode(code, 'code');
    const { id } = requireRecentProof(viewer, await app.now());
    const outcome = await app.disableTotp(id, typed, origin);
    if (outcome === null) throw gone();
    if (typeof outcome === 'object') throw rateLimited(outcome.retryAfter);
    return outcome === 'disabled' ? showOwn(app, id) : refusal(outcome);
  }

  @Mutation(() => RecoveryCodesResult, {
    description: `New recovery codes; those before are good no more. ${needsProof}`,
  })
  async regenerateRecoveryCodes(
    @Ctx() { app, viewer, origin }: Context,
  ): Promise<typeof RecoveryCodesResult> {
    const { id } = requireRecentProof(viewer, await app.now());
    return showCodes(await app.regenerateRecoveryCodes(id, origin));
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
