import { describe, expect, it } from 'vitest';
import { readCredentials } from './credentials.ts';

const names = { access: 'access', refresh: 'refresh', signIn: 'sign_in' };

describe('credentials', () => {
  it('are none without a header or a session’s cookie', () => {
    expect(readCredentials({ cookie: 'theme=dark; accessory=1' }, names)).toEqual({ kind: 'none' });
  });

  it('are a bearer token, whatever cookies say', () => {
    expect(readCredentials({ authorization: 'bearer  t ', cookie: 'access=c' }, names)).toEqual({
      kind: 'bearer',
      token: 't',
    });
  });

  it.each(['Basic abc', 'Bearer', 'bearer  '])('are no token in "%s"', (authorization) => {
    expect(readCredentials({ authorization }, names)).toEqual({ kind: 'bearer', token: '' });
  });

  it('are a token that names no scheme', () => {
    expect(readCredentials({ authorization: 't' }, names)).toEqual({ kind: 'bearer', token: 't' });
  });

  it('are a cookie even if only the refresh cookie is left', () => {
    expect(readCredentials({ cookie: 'refresh=r%201' }, names)).toEqual({
      kind: 'cookie',
      access: null,
      refresh: 'r 1',
      signIn: null,
    });
  });

  it('are a cookie for a browser that has only begun to sign in', () => {
    expect(readCredentials({ cookie: 'sign_in=s' }, names)).toEqual({
      kind: 'cookie',
      access: null,
      refresh: null,
      signIn: 's',
    });
  });
});
