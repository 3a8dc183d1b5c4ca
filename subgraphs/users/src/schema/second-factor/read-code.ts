import { badUserInput } from '@emporium/subgraph';
import { readTypedCode, type TypedCode } from '../../domain/second-factor/typed-code.ts';

/** A one-time or a recovery code. What cannot be one is refused before anybody counts it. */
export const readCode = (text: string, field: string): TypedCode => {
  const code = readTypedCode(text);
  if (code === null) {
    throw badUserInput(
      'A one-time code has six digits, such as "123456"; a recovery code four groups, such as "ABCD-EFGH-JKMN-PQRS".',
      field,
    );
  }
  return code;
};

export const readOptionalCode = (text: string | null | undefined, field: string): TypedCode | null =>
  text === null || text === undefined ? null : readCode(text, field);

/** The digits of a one-time code: a recovery code proves no app. */
export const readDigits = (text: string, field: string): string => {
  const code = readTypedCode(text);
  if (code?.kind !== 'TOTP') throw badUserInput('A one-time code has six digits, such as "123456".', field);
  return code.digits;
};
