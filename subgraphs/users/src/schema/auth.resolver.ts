import { requireSignedIn } from '@emporium/subgraph';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { LoginInput, RegisterInput } from './auth.inputs.ts';
import { AuthResult } from './auth-result.type.ts';
import type { Context } from './context.ts';
import { readEmail, readName, readNewEmail, readNewPassword, readPasswordAttempt } from './read-input.ts';
import { readOptionalCode } from './second-factor/read-code.ts';
import { showAuth } from './show-auth.ts';

/** Opening accounts, and opening, prolonging and ending sessions. */
@Resolver()
export class AuthResolver {
  @Mutation(() => AuthResult, {
    description:
      'Opens an account and signs in. With the header `x-emporium-session: cookie` the session is kept in cookies.',
  })
  async register(
    @Arg('input', () => RegisterInput, { description: 'The new account.' }) input: RegisterInput,
    @Ctx() context: Context,
  ): Promise<typeof AuthResult> {
    const email = readNewEmail(input.email, 'input.email');
    const name = readName(input.name, 'input.name');
    const password = readNewPassword(input.password, 'input.password', { email, name });
    const registration = { email, password, name };
    const outcome = await context.app.register(registration, context.origin);
    return showAuth(outcome, context, context.cookies.areWanted);
  }

  @Mutation(() => AuthResult, {
    description:
      'Signs in. With the header `x-emporium-session: cookie` the session is kept in cookies. Too many failed attempts are an error RATE_LIMITED with `retryAfter` in seconds.',
  })
  async login(
    @Arg('input', () => LoginInput, { description: 'The way into an account.' }) input: LoginInput,
    @Ctx() context: Context,
  ): Promise<typeof AuthResult> {
    const credentials = {
      email: readEmail(input.email, 'input.email'),
      password: readPasswordAttempt(input.password, 'input.password'),
      code: readOptionalCode(input.totp, 'input.totp'),
    };
    const outcome = await context.app.logIn(credentials, context.origin);
    return showAuth(outcome, context, context.cookies.areWanted);
  }

  @Mutation(() => AuthResult, {
    description:
      'Changes a refresh token for a fresh session with the next one; send it without the `Authorization` header, since a token that has expired is refused there. Each is good once: using one again ends the session, but for tabs of one browser that send the same cookie within ten seconds.',
  })
  async refreshSession(
    @Arg('refreshToken', () => String, {
      nullable: true,
      description: 'From `AuthSession`; without it, the one in the cookie.',
    })
    refreshToken: string | null,
    @Ctx() context: Context,
  ): Promise<typeof AuthResult> {
    const { app, cookies } = context;
    const fromCookie = (refreshToken ?? null) === null;
    const text = fromCookie ? cookies.refreshToken : refreshToken;
    const outcome = await app.refreshSession(
      text === null ? null : { text, isFromCookie: fromCookie },
      context.origin,
    );
    if (fromCookie && outcome.type === 'refused') cookies.clear();
    return showAuth(outcome, context, fromCookie || cookies.areWanted);
  }

  @Mutation(() => Boolean, {
    description:
      'Ends the session that the access token or the cookie belongs to, and clears the cookies; all of yours where the token names none. Access tokens already out end within a second.',
  })
  async logout(@Ctx() { app, viewer, cookies, origin }: Context): Promise<boolean> {
    const { refreshToken } = cookies;
    const id = viewer.session?.id ?? null;
    if (id !== null || refreshToken !== null) await app.logOut({ id, refreshToken }, origin);
    else await app.logOutEverywhere(requireSignedIn(viewer).id, origin);
    cookies.leave();
    return true;
  }
}
