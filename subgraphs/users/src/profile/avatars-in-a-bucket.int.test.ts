import { picture, startBucket, upload } from '@emporium/pictures/testing';
import { testDatabase } from '@emporium/testing';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerSomebody, startUsersUnderTest, type UsersUnderTest } from '../users-under-test.ts';
import { avatarSteps } from './avatar-steps.ts';

let bucket: Awaited<ReturnType<typeof startBucket>>;
let users: UsersUnderTest;
let steps: ReturnType<typeof avatarSteps>;
beforeAll(async () => {
  bucket = await startBucket();
  users = await startUsersUnderTest((await testDatabase('users')).url, { bucket: bucket.bucket });
  steps = avatarSteps(users);
});
afterAll(async () => {
  await users.stop();
  await bucket.stop();
});

describe('a picture in a bucket', () => {
  it('goes there directly, is looked at, and is shown by the service', async () => {
    const ada = await registerSomebody(users);
    const form = await steps.request(ada);
    expect(new URL(form.url).origin).toBe(bucket.bucket.endpoint);
    expect(await steps.confirm(ada, form.id)).toMatchObject({ code: 'NOT_UPLOADED' });
    expect(await upload(form, await picture())).toBe(204);
    const { avatarUrl } = await steps.confirm(ada, form.id);
    const shown = await fetch(avatarUrl);
    expect(shown.headers.get('content-type')).toBe('image/webp');
    expect(await sharp(await shown.arrayBuffer()).metadata()).toMatchObject({ format: 'webp', width: 512 });
    expect(bucket.objects.has(`uploads/${form.id}`)).toBe(false);
  });

  it('is bound to its key, its size and its time by a signature', async () => {
    const ada = await registerSomebody(users);
    const form = await steps.request(ada);
    const policy = JSON.parse(
      Buffer.from(form.fields.find(({ name }) => name === 'Policy')?.value ?? '', 'base64').toString(),
    );
    expect(policy.conditions).toEqual(
      expect.arrayContaining([
        ['content-length-range', 1, 5 * 1024 * 1024],
        { key: `uploads/${form.id}` },
        { bucket: 'pictures' },
      ]),
    );
    const minutes = (Date.parse(policy.expiration) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(8);
    expect(minutes).toBeLessThanOrEqual(10);
    expect(await upload(form, Buffer.alloc(form.maxBytes + 1))).toBe(403);
    expect(await upload(form, Buffer.alloc(0))).toBe(403);
    const elsewhere = form.fields.map(({ name, value }) => ({
      name,
      value: name === 'key' ? 'avatars/evil.webp' : value,
    }));
    expect(await upload({ ...form, fields: elsewhere }, await picture())).toBe(403);
    expect([...bucket.objects.keys()].filter((key) => key.includes('evil'))).toEqual([]);
    expect(JSON.stringify(form)).not.toContain(bucket.bucket.secretAccessKey);
  });

  it('that is none is refused, and gone', async () => {
    const ada = await registerSomebody(users);
    const form = await steps.request(ada);
    await upload(form, Buffer.from('<script>alert(1)</script>'));
    expect(await steps.confirm(ada, form.id)).toMatchObject({ code: 'UNSUPPORTED_IMAGE' });
    expect(bucket.objects.has(`uploads/${form.id}`)).toBe(false);
    expect(await steps.avatarOf(ada)).toBeNull();
  });

  it('that slipped in too large is refused unread', async () => {
    const ada = await registerSomebody(users);
    const form = await steps.request(ada);
    bucket.objects.set(`uploads/${form.id}`, Buffer.alloc(form.maxBytes + 1));
    expect(await steps.confirm(ada, form.id)).toMatchObject({ code: 'TOO_LARGE' });
  });

  it('goes when it is erased, and takes no path of uploads through the service', async () => {
    const ada = await registerSomebody(users);
    const url = await steps.wear(ada, await picture());
    await users.ask('mutation { removeAvatar { id } }', { as: ada });
    await users.app.removeDueFiles();
    expect((await fetch(url)).status).toBe(404);
    expect((await fetch(`${users.url}/avatars/uploads/${'x'.repeat(43)}`, { method: 'POST' })).status).toBe(
      404,
    );
  });
});
