import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { picture, upload } from '@emporium/pictures/testing';
import { testDatabase } from '@emporium/testing';
import sharp from 'sharp';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eraseProfile } from '../application/profile/erase-profile.ts';
import { keepAvatar } from '../application/profile/keep-avatar.ts';
import { registerSomebody, startUsersUnderTest, type UsersUnderTest } from '../users-under-test.ts';
import { avatarSteps, confirming, removing, requesting } from './avatar-steps.ts';

let users: UsersUnderTest;
let steps: ReturnType<typeof avatarSteps>;
beforeAll(async () => {
  users = await startUsersUnderTest((await testDatabase('users')).url);
  steps = avatarSteps(users);
});
afterAll(() => users.stop());

const filesIn = (folder: 'avatars' | 'uploads'): string[] => {
  try {
    return readdirSync(path.join(users.avatarFolder, folder));
  } catch {
    return [];
  }
};
const fileOf = (url: string) => url.split('/').at(-1) ?? '';
const makeDue = () =>
  users.prisma.$executeRaw`UPDATE doomed_files SET due_at = now() - interval '1 second'`;

/** As clients do that look for an answer only when they have sent everything. Fails where the connection is cut before. */
const sendAllThenRead = async (url: string, body: Buffer): Promise<string> => {
  const { hostname, port, pathname } = new URL(url);
  const socket = connect(Number(port), hostname).pause();
  socket.write(
    `POST ${pathname} HTTP/1.1\r\nhost: x\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: ${body.length}\r\n\r\n`,
  );
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.write(body, () => resolve());
  });
  return text(socket);
};

describe('a picture', () => {
  it('is asked for, sent, looked at and shown', async () => {
    const ada = await registerSomebody(users);
    expect(await steps.avatarOf(ada)).toBeNull();
    const form = await steps.request(ada);
    expect(form).toMatchObject({ fields: [], maxBytes: 5 * 1024 * 1024 });
    expect(await steps.confirm(ada, form.id)).toMatchObject({ code: 'NOT_UPLOADED' });
    expect(await upload(form, await picture())).toBe(204);
    const confirmed = await steps.confirm(ada, form.id);
    expect(confirmed).toMatchObject({ __typename: 'User', id: ada.id });
    expect(await steps.avatarOf(ada)).toBe(confirmed.avatarUrl);

    const shown = await fetch(confirmed.avatarUrl);
    expect(shown.status).toBe(200);
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=86400, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    const metadata = await sharp(await shown.arrayBuffer()).metadata();
    expect(metadata).toMatchObject({ format: 'webp', width: 512, height: 512 });
    expect(filesIn('uploads')).not.toContain(form.id);
    const head = await fetch(confirmed.avatarUrl, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('is found by others who see the user, and its name says nothing of them', async () => {
    const [ada, eve] = [await registerSomebody(users), await registerSomebody(users)];
    const url = await steps.wear(ada, await picture());
    const document =
      'query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on User { avatarUrl } } }';
    const variables = { ids: [{ __typename: 'User', id: ada.id }] };
    expect((await users.ask(document, { as: eve, variables })).data).toEqual({
      _entities: [{ avatarUrl: url }],
    });
    expect((await users.ask(document, { variables })).data).toEqual({ _entities: [null] });
    expect(url).not.toContain(ada.id);
  });

  it('takes the place of the one before, which goes', async () => {
    const ada = await registerSomebody(users);
    const first = await steps.wear(ada, await picture('red'));
    const second = await steps.wear(ada, await picture('blue'));
    expect(second).not.toBe(first);
    await users.app.removeDueFiles();
    expect((await fetch(first)).status).toBe(404);
    expect((await fetch(second)).status).toBe(200);
    expect(await steps.avatarOf(ada)).toBe(second);
  });

  it('is removed, file and all', async () => {
    const ada = await registerSomebody(users);
    const url = await steps.wear(ada, await picture());
    expect((await users.ask(removing, { as: ada })).data.removeAvatar).toEqual({
      id: ada.id,
      avatarUrl: null,
    });
    expect((await users.ask(removing, { as: ada })).data.removeAvatar).toEqual({
      id: ada.id,
      avatarUrl: null,
    });
    await users.app.removeDueFiles();
    expect((await fetch(url)).status).toBe(404);
    expect(filesIn('avatars')).not.toContain(fileOf(url));
  });

  it('that is shown is never among the files that are to go', async () => {
    const ada = await registerSomebody(users);
    const url = await steps.wear(ada, await picture());
    await makeDue();
    await users.app.removeDueFiles();
    expect((await fetch(url)).status).toBe(200);
    expect(await users.prisma.doomedFile.count({ where: { dueAt: { lte: new Date() } } })).toBe(0);
  });

  it.each([
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['nothing', Buffer.alloc(0)],
  ])('cannot be %s, and is asked for anew', async (_what, bytes) => {
    const ada = await registerSomebody(users);
    const form = await steps.request(ada);
    expect(await upload(form, bytes)).toBe(204);
    expect(await steps.confirm(ada, form.id)).toMatchObject({ code: 'UNSUPPORTED_IMAGE' });
    expect(await steps.confirm(ada, form.id)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await upload(form, await picture())).toBe(404);
    expect(filesIn('uploads')).not.toContain(form.id);
    expect(await steps.avatarOf(ada)).toBeNull();
  });
});

describe('an upload', () => {
  it('is good once', async () => {
    const ada = await registerSomebody(users);
    const form = await steps.request(ada);
    expect(await upload(form, await picture('red'))).toBe(204);
    expect(await upload(form, await picture('blue'))).toBe(409);
    expect(await steps.confirm(ada, form.id)).toMatchObject({ __typename: 'User' });
    expect(await steps.confirm(ada, form.id)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await upload(form, await picture())).toBe(404);
  });

  it('is confirmed by one of two who ask at once, and leaves one picture', async () => {
    const ada = await registerSomebody(users);
    const form = await steps.request(ada);
    await upload(form, await picture());
    const before = new Set(filesIn('avatars'));
    const outcomes = await Promise.all([steps.confirm(ada, form.id), steps.confirm(ada, form.id)]);
    const shown = outcomes.filter(({ __typename }) => __typename === 'User');
    expect(shown.length).toBe(1);
    await makeDue();
    await users.app.removeDueFiles();
    const added = filesIn('avatars').filter((file) => !before.has(file));
    expect(added).toEqual([fileOf(shown[0].avatarUrl)]);
    expect((await fetch(shown[0].avatarUrl)).status).toBe(200);
  });

  it('comes to nothing when another is asked for, or the profile erased, while it is looked at', async () => {
    const ada = await registerSomebody(users);
    const id = String(ada.id);
    for (const meanwhile of [
      () => steps.request(ada),
      () => users.dependencies.transact((ports) => eraseProfile(ports, id)),
    ]) {
      const form = await steps.request(ada);
      await upload(form, await picture());
      let interrupted = false;
      const confirm = keepAvatar({
        ...users.dependencies,
        shapeAvatar: async (bytes) => {
          await meanwhile();
          interrupted = true;
          return users.dependencies.shapeAvatar(bytes);
        },
      }).confirmAvatar;
      expect(await confirm(id, form.id)).toBe('NOT_FOUND');
      expect(interrupted).toBe(true);
      expect(await steps.avatarOf(ada)).toBeNull();
    }
  });

  it('is over when another is asked for', async () => {
    const ada = await registerSomebody(users);
    const [first, second] = [await steps.request(ada), await steps.request(ada)];
    expect(await upload(first, await picture())).toBe(404);
    expect(await steps.confirm(ada, first.id)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await upload(second, await picture())).toBe(204);
  });

  it('is over after ten minutes of the database’s clock', async () => {
    const ada = await registerSomebody(users);
    const form = await steps.request(ada);
    const [row] = await users.prisma.$queryRaw<{ left: number }[]>`
      SELECT extract(epoch FROM expires_at - now())::float AS left FROM avatar_uploads WHERE id = ${form.id}`;
    expect(row?.left).toBeGreaterThan(500);
    expect(row?.left).toBeLessThanOrEqual(600);
    await upload(form, await picture());
    await users.prisma.$executeRaw`UPDATE avatar_uploads SET expires_at = now() WHERE id = ${form.id}`;
    expect(await steps.confirm(ada, form.id)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await upload(form, await picture())).toBe(404);
  });

  it('that nobody confirms goes by itself', async () => {
    const ada = await registerSomebody(users);
    const form = await steps.request(ada);
    await upload(form, await picture());
    await users.app.removeDueFiles();
    expect(filesIn('uploads')).toContain(form.id);
    await makeDue();
    await users.app.removeDueFiles();
    expect(filesIn('uploads')).not.toContain(form.id);
  });

  it('is stopped at the first byte too many, whatever its head says', async () => {
    const ada = await registerSomebody(users);
    const form = await steps.request(ada);
    expect(await upload(form, Buffer.alloc(form.maxBytes + 1))).toBe(413);
    const endless = httpRequest(form.url, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x', 'transfer-encoding': 'chunked' },
    });
    endless.on('error', () => undefined);
    const answered = once(endless, 'response');
    for (let sent = 0; sent < 6; sent += 1) endless.write(Buffer.alloc(1024 * 1024));
    const [{ statusCode }] = (await answered) as [IncomingMessage];
    endless.destroy();
    expect(statusCode).toBe(413);
    expect(await upload(form, await picture())).toBe(204);
    expect(await steps.confirm(ada, form.id)).toMatchObject({ __typename: 'User' });
  });

  it.each([6, 24])(
    'of %i MiB is answered, also to who sends all of it first, and called too large',
    async (mebibytes) => {
      const ada = await registerSomebody(users);
      const form = await steps.request(ada);
      const large = Buffer.alloc(mebibytes * 1024 * 1024);
      expect(await upload(form, large)).toBe(413);

      const answer = await sendAllThenRead(form.url, large);
      expect(answer).toMatch(/^HTTP\/1.1 413 /);
      expect(answer).toContain('PAYLOAD_TOO_LARGE');
      expect(await steps.confirm(ada, form.id)).toMatchObject({ code: 'TOO_LARGE' });
      expect(filesIn('uploads').filter((file) => file.startsWith(form.id))).toEqual([]);
    },
  );

  it('that nobody waits for is answered before all of it is there', async () => {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const sending = httpRequest(`${users.url}/avatars/uploads/${'x'.repeat(43)}`, {
        method: 'POST',
        headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': 8 * 1024 * 1024 },
      });
      sending.once('response', resolve).once('error', reject);
      sending.write(Buffer.alloc(1024));
    });
    response.destroy();
    expect(response.statusCode).toBe(404);
  });

  it('that breaks off leaves nothing, and may be tried again', async () => {
    const ada = await registerSomebody(users);
    const form = await steps.request(ada);
    const broken = httpRequest(form.url, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': 1000 },
    });
    broken.on('error', () => undefined);
    broken.write('--x');
    await once(broken, 'socket');
    broken.destroy();
    await expect.poll(async () => upload(form, await picture())).toBe(204);
  });

  it.each([
    ['no form', { 'content-type': 'image/jpeg' }, 'x'],
    ['a form without a file', { 'content-type': 'multipart/form-data; boundary=x' }, '--x--\r\n'],
    ['a broken form', { 'content-type': 'multipart/form-data; boundary=x' }, 'nonsense'],
    [
      'text in the place of a file',
      { 'content-type': 'multipart/form-data; boundary=x' },
      '--x\r\ncontent-disposition: form-data; name="file"\r\n\r\ntext\r\n--x--\r\n',
    ],
  ])('with %s is refused', async (_what, headers, body) => {
    const ada = await registerSomebody(users);
    const { url } = await steps.request(ada);
    const response = await fetch(url, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });
});

describe('somebody else', () => {
  it('cannot confirm an upload, with whatever id', async () => {
    const [ada, eve] = [await registerSomebody(users), await registerSomebody(users)];
    const form = await steps.request(ada);
    await upload(form, await picture());
    for (const id of [form.id, newId(), 'x', '../avatars/x', 'x'.repeat(1_000_000)]) {
      expect(await steps.confirm(eve, id)).toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await steps.avatarOf(eve)).toBeNull();
    expect(await steps.confirm(ada, form.id)).toMatchObject({ __typename: 'User' });
  });

  it.each([
    ['nobody', {}],
    ['somebody who is gone', { id: newId() }],
  ])('who is %s has no picture', async (_who, as) => {
    for (const document of [requesting, confirming, removing]) {
      const variables = document === confirming ? { id: newId() } : {};
      const { errors } = await users.ask(document, { as, variables });
      expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    }
  });

  it('finds no other file by way of ours', async () => {
    const ada = await registerSomebody(users);
    const form = await steps.request(ada);
    await upload(form, await picture());
    for (const guess of [
      `/avatars/${form.id}`,
      `/avatars/${form.id}.webp`,
      `/avatars/uploads/${form.id}`,
      '/avatars/',
      '/avatars/..%2fuploads%2fx.webp',
      '/avatars/%2e%2e/package.json',
      `/avatars/${'x'.repeat(43)}.webp`,
    ]) {
      expect([guess, (await fetch(`${users.url}${guess}`)).status]).not.toEqual([guess, 200]);
    }
    const post = await fetch(`${users.url}/avatars/uploads/${'x'.repeat(43)}`, { method: 'POST' });
    expect(post.status).toBe(404);
    const put = await fetch(`${users.url}/avatars/${'x'.repeat(43)}.webp`, { method: 'PUT' });
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });
});

describe('a profile that is erased', () => {
  it('leaves nothing behind, and no file', async () => {
    const ada = await registerSomebody(users);
    const id = String(ada.id);
    const url = await steps.wear(ada, await picture());
    const pending = await steps.request(ada);
    await users.ask('mutation { updatePreferences(input: { locale: "de" }) { locale } }', { as: ada });
    await users.ask('mutation { addToWishlist(productId: "mug") { __typename } }', { as: ada });
    const input = { name: 'Ada', line1: '1 High St', city: 'Leeds', postalCode: 'LS1 1AA', country: 'GB' };
    await users.ask('mutation ($input: SavedAddressInput!) { addAddress(input: $input) { __typename } }', {
      as: ada,
      variables: { input },
    });
    expect(await users.app.exportProfile(id)).toEqual({
      addresses: [expect.objectContaining({ ...input, isDefaultShipping: true })],
      preferences: { locale: 'de', currency: 'GBP', channels: ['EMAIL'] },
      wishlist: [{ productId: 'mug', addedAt: expect.any(String) }],
      avatarUrl: url,
    });

    await users.dependencies.transact((ports) => eraseProfile(ports, id));
    await users.app.removeDueFiles();
    expect(await users.app.exportProfile(id)).toEqual({
      addresses: [],
      preferences: { locale: 'en-GB', currency: 'GBP', channels: ['EMAIL'] },
      wishlist: [],
      avatarUrl: null,
    });
    expect((await fetch(url)).status).toBe(404);
    expect(await upload(pending, await picture())).toBe(404);
    await users.prisma.user.delete({ where: { id } });
  });

  it('is kept whole when the transaction fails', async () => {
    const ada = await registerSomebody(users);
    const url = await steps.wear(ada, await picture());
    const erasing = users.dependencies.transact(async (ports) => {
      await eraseProfile(ports, String(ada.id));
      throw new Error('changed our mind');
    });
    await expect(erasing).rejects.toThrow('changed our mind');
    await users.app.removeDueFiles();
    expect((await fetch(url)).status).toBe(200);
  });

  it('cannot be forgotten about: a user does not go while their picture stays', async () => {
    const ada = await registerSomebody(users);
    await steps.wear(ada, await picture());
    await expect(users.prisma.user.delete({ where: { id: String(ada.id) } })).rejects.toThrow();
  });
});
