/** What a client could have checked alone: BAD_USER_INPUT with the field's path and what to do. */
import { badUserInput } from '@emporium/subgraph';
import { z } from 'zod';
import { isCommonPassword } from '../application/accounts/common-passwords.ts';
import { isGuessable } from '../domain/accounts/guessable-password.ts';
import { isTokenText } from '../domain/accounts/one-time-token.ts';
import { type Email, isRegistrable, normaliseEmail } from '../domain/email.ts';
import { longestName, tidyLine, tidyName } from '../domain/name.ts';
import {
  isTooLong,
  isTooShort,
  longestPassword,
  normalisePassword,
  shortestPassword,
} from '../domain/password.ts';

const longestEmail = 254;
const wellFormed = z.email();

export const readEmail = (text: string, field: string): Email => {
  // Measured before it is normalised, which may lengthen it, and before any pattern is tried on it.
  const email = text.length <= 2 * longestEmail ? normaliseEmail(text) : null;
  if (email === null || email.length > longestEmail || !wellFormed.safeParse(email).success) {
    throw badUserInput(
      `That is not an e-mail address such as "ada@example.org" (${longestEmail} characters at most).`,
      field,
    );
  }
  return email;
};

/** An address that an account is to have; who has one already logs in with any. */
export const readNewEmail = (text: string, field: string): Email => {
  const email = readEmail(text, field);
  if (!isRegistrable(email)) {
    throw badUserInput(
      'Give an e-mail address of 64 bytes at most before the "@", with no "xn--" after it.',
      field,
    );
  }
  return email;
};

/** A password that somebody tries: only its size is checked, before anybody hashes it. */
export const readPasswordAttempt = (text: string, field: string): string => {
  if (isTooLong(text)) {
    throw badUserInput(`A password has ${longestPassword} characters at most.`, field);
  }
  return text;
};

/** `owner` where the client has said who they are: nobody's password is made of that. */
export const readNewPassword = (
  text: string,
  field: string,
  owner?: { readonly email: string; readonly name: string },
): string => {
  const password = readPasswordAttempt(text, field);
  if (isTooShort(normalisePassword(password)) || isTooLong(normalisePassword(password))) {
    throw badUserInput(`Choose a password of ${shortestPassword} to ${longestPassword} characters.`, field);
  }
  if (owner && isGuessable(password, owner, isCommonPassword)) throw guessablePassword(field);
  return password;
};

export const guessablePassword = (field: string) =>
  badUserInput(
    'Others would soon guess this password. Choose one that few have and that is not your name or e-mail address, such as some unrelated words.',
    field,
  );

/** A token out of a mail; what has another form is none, and nobody looks for it. */
export const readToken = (text: string, field: string): string => {
  if (!isTokenText(text)) {
    throw badUserInput(
      'A token is the 43 letters, digits, `-` and `_` of the mail, and nothing else.',
      field,
    );
  }
  return text;
};

export const readName = (text: string, field: string): string => {
  const name = tidyName(text);
  if (name === null) {
    throw badUserInput(
      `A name has 1 to ${longestName} characters, all of them printable, and no link.`,
      field,
    );
  }
  return name;
};

const longestReason = 500;

/** Why an administrator did something. */
export const readReason = (text: string, field: string): string => {
  const reason = tidyLine(text, longestReason);
  if (reason === null) {
    throw badUserInput(`Say why in 1 to ${longestReason} characters, all of them printable.`, field);
  }
  return reason;
};
