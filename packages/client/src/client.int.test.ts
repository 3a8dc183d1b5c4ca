import { afterEach, describe, expect, it } from 'vitest';
import type { Client } from './client.ts';
import { connect } from './connect.ts';
import { dataOf } from './data-of.ts';
import { startTinyGateway } from './tiny-gateway.ts';

let endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

const start = async (firstSeconds?: number) => {
  const gateway = await startTinyGateway(firstSeconds);
  endings = [...endings, gateway.stop];
  return gateway;
};
const closing = (client: Client): Client => {
  endings.push(client.close);
  return client;
};

describe('a request', () => {
  it('answers data, errors with their codes, and the status', async () => {
    const { url } = await start();
    expect(await connect(url).request('{ me order }')).toMatchObject({
      data: { me: null, order: null },
      errors: [{ message: 'no such order', path: ['order'], extensions: { code: 'NOT_FOUND' } }],
      status: 200,
    });
    expect(await connect(url).request('{ nonsense }')).toMatchObject({ data: null, status: 400 });
  });

  it('that must be whole throws what the gateway said', async () => {
    const { url } = await start();
    const answer = await connect(url).request('{ order }');
    expect(() => dataOf(answer)).toThrow('NOT_FOUND: no such order');
  });

  it('says what to do when nothing answers', async () => {
    const { url, stop } = await start();
    await stop();
    endings = [];
    await expect(connect(url).request('{ me }')).rejects.toThrow(
      `Emporium does not answer at ${url}; start it with \`npm start\`.`,
    );
  });

  it('tells another program from the gateway', async () => {
    const { pageUrl } = await start();
    await expect(connect(pageUrl).request('{ me }')).rejects.toThrow('status 502');
  });
});

describe('a session', () => {
  it('is a client of its own', async () => {
    const { url } = await start();
    const nobody = connect(url);
    const ada = await nobody.signIn('ada', 'right');
    const bob = await nobody.signUp('bob@emporium.test', 'password', 'bob');
    expect(
      await Promise.all([nobody, ada, bob].map(async (client) => dataOf(await client.request('{ me }')))),
    ).toEqual([{ me: null }, { me: 'Bearer ada' }, { me: 'Bearer bob' }]);
    expect(ada.token).toBe('ada');
  });

  it('is refused with the refusal’s code', async () => {
    const { url } = await start();
    await expect(connect(url).signIn('ada', 'wrong')).rejects.toMatchObject({
      name: 'SignInError',
      code: 'BAD_CREDENTIALS',
    });
  });

  it('is renewed once, for all requests, before it expires', async () => {
    const { url, seen } = await start(30);
    const ada = await connect(url).signIn('ada', 'right');
    const answers = await Promise.all(Array.from({ length: 5 }, () => ada.request('{ me }')));
    expect(answers.map(dataOf)).toEqual(Array.from({ length: 5 }, () => ({ me: 'Bearer ada+' })));
    expect(seen.renewals).toBe(1);
  });

  it('is not renewed while it is fresh', async () => {
    const { url, seen } = await start(600);
    const ada = await connect(url).signIn('ada', 'right');
    await ada.request('{ me }');
    expect(seen.renewals).toBe(0);
  });
});

describe('a subscription', () => {
  it('yields every event and ends', async () => {
    const { url } = await start();
    const counted: unknown[] = [];
    const events = closing(connect(url)).subscribe('subscription ($to: Int!) { count(to: $to) }', {
      to: 3,
    });
    for await (const event of events) counted.push(dataOf(event));
    expect(counted).toEqual([{ count: 1 }, { count: 2 }, { count: 3 }]);
  });

  it('is the viewer’s', async () => {
    const { url } = await start();
    const ada = closing(connect(url).withToken('ada'));
    expect((await ada.subscribe('subscription { me }').next()).value).toMatchObject({
      data: { me: 'Bearer ada' },
    });
  });

  it('ends at the gateway when its loop is left, though nothing arrives', async () => {
    const { url, seen } = await start();
    const events = closing(connect(url)).subscribe('subscription { never }');
    const pending = events.next();
    await expect.poll(() => seen.following).toBe(1);
    await events.return?.();
    await expect.poll(() => seen.following).toBe(0);
    expect((await pending).done).toBe(true);
  });

  it('that is refused says why in its last item', async () => {
    const { url } = await start();
    const events = closing(connect(url)).subscribe('subscription { order }');
    expect((await events.next()).value).toMatchObject({
      data: null,
      errors: [{ extensions: { code: 'NOT_FOUND' } }],
    });
    expect((await events.next()).done).toBe(true);
  });

  it('of a viewer whom the gateway turns away says so', async () => {
    const { url } = await start();
    const forger = closing(connect(url).withToken('forged'));
    expect((await forger.subscribe('subscription { me }').next()).value).toMatchObject({
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    });
  });

  it('says what to do when nothing answers', async () => {
    const { url, stop } = await start();
    await stop();
    endings = [];
    const events = closing(connect(url)).subscribe('subscription { me }');
    await expect(events.next()).rejects.toThrow('start it with `npm start`');
  });
});
