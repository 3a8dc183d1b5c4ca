import { requireRecentProof, requireSignedIn, unauthenticated } from '@emporium/subgraph';
import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { AuthResult } from '../auth-result.type.ts';
import type { Context } from '../context.ts';
import { readOptionalCode } from '../second-factor/read-code.ts';
import { showAuth } from '../show-auth.ts';
import { identityProviderUnavailable } from './errors.ts';
import { LinkedIdentityResult, LinkedIdentityType } from './linked-identity.type.ts';
import { readProvider, readReturnTo, readSignInReturn } from './read-sign-in.ts';
import { showIdentity, showIdentityRefusal } from './show-identity.ts';
import { CompleteSignInInput, SignInBeginning, SignInProviderType } from './sign-in.types.ts';

const inputDescription = 'What the provider sent along.';

/** Signing in with OpenID providers, and linking accounts there. */
@Resolver()
export class SignInResolver {
  @Query(() => [SignInProviderType], {
    description: 'With whom one can sign in; nobody where none is configured.',
  })
  signInProviders(@Ctx() { app }: Context): SignInProviderType[] {
    return [...app.signInProviders];
  }

  @Query(() => [LinkedIdentityType], { description: 'What signs the viewer in beside their password.' })
  async linkedIdentities(@Ctx() { app, viewer }: Context): Promise<LinkedIdentityType[]> {
    const identities = await app.linkedIdentitiesOf(requireSignedIn(viewer).id);
    return identities.map((identity) => showIdentity(identity, app.providerName));
  }

  @Mutation(() => SignInBeginning, {
    description:
      'Begins to sign in with a provider or, for who is signed in, to link one. With the header `x-emporium-session: cookie` the browser is remembered by a cookie; else by `binding`. A provider that does not answer is an error IDENTITY_PROVIDER_UNAVAILABLE; where none is configured, NOT_CONFIGURED.',
  })
  async beginSignIn(
    @Arg('provider', () => ID, { description: 'One of `signInProviders`.' }) provider: string,
    @Arg('returnTo', () => String, {
      nullable: true,
      description:
        'Where to go on afterwards: a path such as "/cart", or an address of ours. "/" without it.',
    })
    returnTo: string | null,
    @Ctx() { app, viewer, cookies }: Context,
  ): Promise<SignInBeginning> {
    const begun = await app.beginSignIn({
      provider: readProvider(provider, app.signInProviders),
      returnTo: readReturnTo(returnTo, app.returnOrigins),
      viewerId: viewer.id,
    });
    if (begun === 'unavailable') throw identityProviderUnavailable();
    if (cookies.areWanted) cookies.keepSignInBinding(begun.binding);
    return { ...begun, binding: cookies.areWanted ? null : begun.binding };
  }

  @Mutation(() => AuthResult, {
    description:
      'Signs in whoever came back from a provider: to the account that is linked, to the one whose verified address they have there, or to a new one without a password. Once for each `beginSignIn`. Errors as there, and RATE_LIMITED.',
  })
  async completeSignIn(
    @Arg('input', () => CompleteSignInInput, { description: inputDescription })
    input: CompleteSignInInput,
    @Ctx() context: Context,
  ): Promise<typeof AuthResult> {
    const { app, cookies, origin } = context;
    const completed = await app.completeSignIn(
      readSignInReturn(input, cookies.signInBinding),
      readOptionalCode(input.totp, 'input.totp'),
      origin,
    );
    if (completed.type === 'unavailable') throw identityProviderUnavailable();
    const shown = showAuth(completed.outcome, context, cookies.areWanted);
    if (shown.__typename === 'AuthRefusal') return shown;
    if (cookies.signInBinding !== null) cookies.clearSignInBinding();
    return { ...shown, returnTo: completed.returnTo };
  }

  @Mutation(() => LinkedIdentityResult, {
    description:
      'Links whoever came back from a provider to the account of the viewer, who must have begun it signed in. It needs a proof of the last 10 minutes, else it is an error STEP_UP_REQUIRED. Errors as for `beginSignIn`.',
  })
  async linkIdentity(
    @Arg('input', () => CompleteSignInInput, { description: inputDescription })
    input: CompleteSignInInput,
    @Ctx() { app, viewer, cookies, origin }: Context,
  ): Promise<typeof LinkedIdentityResult> {
    const { id } = requireRecentProof(viewer, await app.now());
    const linked = await app.linkIdentity(id, readSignInReturn(input, cookies.signInBinding), origin);
    if (linked === 'unavailable') throw identityProviderUnavailable();
    if (linked === null) throw unauthenticated('This account is gone. Register a new one.');
    if (typeof linked === 'string') return showIdentityRefusal(linked);
    if (cookies.signInBinding !== null) cookies.clearSignInBinding();
    return showIdentity(linked, app.providerName);
  }

  @Mutation(() => LinkedIdentityResult, {
    description:
      'Takes one of `linkedIdentities` away, unless nothing else would sign the viewer in. It needs a proof of the last 10 minutes, else it is an error STEP_UP_REQUIRED.',
  })
  async unlinkIdentity(
    @Arg('id', () => ID, { description: 'One of `linkedIdentities`.' }) identityId: string,
    @Ctx() { app, viewer, origin }: Context,
  ): Promise<typeof LinkedIdentityResult> {
    const { id } = requireRecentProof(viewer, await app.now());
    const unlinked = await app.unlinkIdentity(id, identityId, origin);
    if (unlinked === null) throw unauthenticated('This account is gone. Register a new one.');
    return typeof unlinked === 'string'
      ? showIdentityRefusal(unlinked)
      : showIdentity(unlinked, app.providerName);
  }
}
