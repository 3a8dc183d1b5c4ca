import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { connect } from '@emporium/client';
import { eventually } from '@emporium/testing';
import { describe, expect, inject, it } from 'vitest';
import { openShop } from '../graph/shop.ts';
import { expectInvariants, wholeGraph } from '../graph/whole-graph.ts';

const { gatewayUrl, auditorUrl } = wholeGraph();
const { mailFolder } = inject('graph');
const url = `${gatewayUrl}/graphql`;
const shop = openShop(gatewayUrl);
const password = 'correct horse battery';
const done = '__typename ... on User { id email } ... on AccountRefusal { code }';

/** The token of the latest mail to an address with this subject; waits until it has come. */
const tokenFrom = async (recipient: string, subject: string): Promise<string> => {
  let token = '';
  await eventually(async () => {
    const files = (await readdir(mailFolder)).toSorted();
    const letters = await Promise.all(files.map((file) => readFile(`${mailFolder}/${file}`, 'utf8')));
    const letter = letters.findLast(
      (text) => text.includes(`To: ${recipient}`) && text.includes(`Subject: ${subject}`),
    );
    // Long lines are folded: quoted-printable.
    token = /^[\w-]{43}$/m.exec(letter?.replaceAll('=\n', '') ?? '')?.[0] ?? '';
    expect(token).not.toBe('');
  });
  return token;
};

describe('an account', () => {
  it('is verified and gets a new password by mail', async () => {
    const email = `${randomUUID()}@example.org`;
    const ada = await connect(url).signUp(email, password, 'Ada');
    const read = async () => (await shop.ask<{ me: object }>(ada, '{ me { email emailVerified } }')).me;
    expect(await read()).toEqual({ email, emailVerified: false });
    const verifying = `mutation ($token: String!) { verifyEmail(token: $token) { ${done} } }`;
    const token = await tokenFrom(email, 'Verify your e-mail address');
    expect(await shop.ask(shop.anonymous, verifying, { token })).toMatchObject({
      verifyEmail: { code: 'SIGN_IN_REQUIRED' },
    });
    expect(await shop.ask(ada, verifying, { token })).toMatchObject({ verifyEmail: { email } });
    expect(await shop.ask(ada, verifying, { token })).toMatchObject({
      verifyEmail: { code: 'TOKEN_INVALID' },
    });
    expect(await read()).toEqual({ email, emailVerified: true });

    await shop.ask(shop.anonymous, 'mutation ($email: String!) { requestPasswordReset(email: $email) }', {
      email,
    });
    const input = {
      token: await tokenFrom(email, 'Choose a new password'),
      newPassword: 'quite unrelated words',
    };
    const resetting = `mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { ${done} } }`;
    expect(await shop.ask(shop.anonymous, resetting, { input })).toMatchObject({
      resetPassword: { email },
    });
    await expect(connect(url).signIn(email, password)).rejects.toMatchObject({
      code: 'INVALID_CREDENTIALS',
    });
    await connect(url).signIn(email, input.newPassword);
  });

  it('that is deleted takes its address out of its orders, which stay', async () => {
    const seller = await shop.newSeller();
    const { variantId } = await shop.newArticle(seller);
    const email = `${randomUUID()}@example.org`;
    const buyer = await connect(url).signUp(email, password, 'Ada Lovelace');
    await shop.addToCart(buyer, variantId, 1);
    const { id } = await shop.placeOrder(buyer);
    await shop.followOrder(buyer, id, ({ status }) => status === 'CONFIRMED');
    const deleting = `mutation ($password: String!) { deleteAccount(password: $password) { ${done} } }`;
    expect(await shop.ask(buyer, deleting, { password })).toMatchObject({
      deleteAccount: { __typename: 'User' },
    });
    const reading =
      'query ($id: ID!) { order(id: $id) { status shippingAddress { name } buyer { name } } }';
    await eventually(async () =>
      expect(await shop.ask(seller, reading, { id })).toEqual({
        order: { status: 'CANCELLED', shippingAddress: null, buyer: { name: 'Deleted account' } },
      }),
    );
    await expect(connect(url).signIn(email, password)).rejects.toMatchObject({
      code: 'INVALID_CREDENTIALS',
    });
    await expectInvariants(auditorUrl);
  });
});
