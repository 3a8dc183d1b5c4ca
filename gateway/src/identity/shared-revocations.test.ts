import { EventEmitter } from 'node:events';
import type { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import { insist } from '../insist.ts';
import { eventually } from '../testing/eventually.ts';
import { createSharedRevocations } from './shared-revocations.ts';

/** A Redis that is late so many times: ioredis then resolves a pipeline with an error of each command. */
const lateRedis = (times: number) => {
  const kept: string[] = [];
  let late = times;
  const pipeline = () => {
    const members: string[] = [];
    const commands = {
      zadd: (_key: string, _until: number, member: string) => {
        members.push(member);
        return commands;
      },
      zremrangebyscore: () => commands,
      pexpire: () => commands,
      exec: async () => {
        late -= 1;
        if (late >= 0) return [[new Error('Command timed out'), undefined]];
        kept.push(...members);
        return [[null, 1]];
      },
    };
    return commands;
  };
  return { redis: Object.assign(new EventEmitter(), { status: 'ready', pipeline }), kept };
};

const open = (times: number) => {
  const { redis, kept } = lateRedis(times);
  const shared = createSharedRevocations(redis as unknown as Redis, 60_000);
  return { redis, shared, kept };
};

it('keeps what is told until Redis has it', async () => {
  const { redis, shared, kept } = open(1);
  const failures: unknown[] = [];
  const keeping = insist(redis as unknown as Redis, shared.saveWaiting, (error) => failures.push(error));
  shared.wait({ subject: 'trudy', notBefore: 5 });
  keeping.attempt();
  await eventually(() => kept).toEqual(['["trudy",5]']);
  expect(failures).toHaveLength(1);
  keeping.stop();
});

it('is not asked before it is connected, and then at once', async () => {
  const { redis, shared, kept } = open(0);
  redis.status = 'connecting';
  const keeping = insist(redis as unknown as Redis, shared.saveWaiting, () => undefined);
  shared.wait({ subject: 'trudy', notBefore: 5 });
  keeping.attempt();
  expect(kept).toEqual([]);
  redis.status = 'ready';
  redis.emit('ready');
  await eventually(() => kept).toEqual(['["trudy",5]']);
});

it('keeps the later of two that are told of one, and each once', async () => {
  const { shared, kept } = open(0);
  for (const notBefore of [5, 9, 7]) shared.wait({ subject: 'trudy', notBefore });
  await shared.saveWaiting();
  await shared.saveWaiting();
  expect(kept).toEqual(['["trudy",9]']);
});

it('holds no more than it can', async () => {
  const { shared, kept } = open(0);
  for (let subject = 0; subject <= 10_000; subject += 1)
    shared.wait({ subject: `${subject}`, notBefore: 1 });
  await shared.saveWaiting();
  expect(kept).toHaveLength(10_000);
  expect(kept[0]).toBe('["1",1]');
});
