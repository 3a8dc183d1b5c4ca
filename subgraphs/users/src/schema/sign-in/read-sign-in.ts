/** What a client could have checked alone: BAD_USER_INPUT with the field's path and what to do. */
import { badUserInput } from '@emporium/subgraph';
import type { SignInProvider } from '../../application/sign-in/ports.ts';
import type { SignInReturn } from '../../application/sign-in/redeem-attempt.ts';
import { readReturnAddress } from '../../domain/return-address.ts';
import { signInNotConfigured } from './errors.ts';
import type { CompleteSignInInput } from './sign-in.types.ts';

const longestParameter = 4_096;
/** What the standards let `code`, `state` and an issuer consist of. */
const parameter = /^[\x20-\x7e]+$/;

const readParameter = (text: string, name: string): string => {
  if (text.length > longestParameter || !parameter.test(text))
    throw badUserInput(
      `Give "${name}" as the provider sent it: 1 to ${longestParameter} characters of ASCII.`,
      `input.${name}`,
    );
  return text;
};

export const readProvider = (id: string, providers: readonly SignInProvider[]): string => {
  if (providers.length === 0) throw signInNotConfigured();
  if (!providers.some((each) => each.id === id))
    throw badUserInput('There is no such provider. `signInProviders` lists them.', 'provider');
  return id;
};

export const readReturnTo = (text: string | null | undefined, origins: readonly string[]): string => {
  const address = readReturnAddress(text ?? '/', origins);
  if (address === null)
    throw badUserInput(
      'Nobody is sent there. Give a path such as "/cart", or the address of a page of ours.',
      'returnTo',
    );
  return address;
};

/** `kept` is the binding that the browser's cookie holds. */
export const readSignInReturn = (
  { code, state, iss, binding }: CompleteSignInInput,
  kept: string | null,
): SignInReturn => ({
  code: readParameter(code, 'code'),
  state: readParameter(state, 'state'),
  iss: (iss ?? null) === null ? null : readParameter(iss as string, 'iss'),
  binding: (binding ?? null) === null ? kept : readParameter(binding as string, 'binding'),
});
