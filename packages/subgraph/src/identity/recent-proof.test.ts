import { describe, expect, it } from 'vitest';
import { requireRecentProof } from './recent-proof.ts';
import { anonymous, type Viewer, type ViewerSession } from './viewer.ts';

const now = '2026-01-31T12:00:00.000Z';
const seconds = Date.parse(now) / 1000;

/** Ada, who proved who she is so many seconds ago. */
const ada = (ago: number, session: Partial<ViewerSession> = {}): Viewer => ({
  id: 'ada',
  roles: ['BUYER'],
  address: null,
  session: {
    id: 's',
    authenticatedAt: seconds - ago,
    methods: ['pwd'],
    hasSecondFactor: false,
    ...session,
  },
});

const codeOf = (viewer: Viewer) => {
  try {
    return requireRecentProof(viewer, now).id;
  } catch (error) {
    return (error as { extensions: unknown }).extensions;
  }
};
const stepUp = (...methods: string[]) => ({ code: 'STEP_UP_REQUIRED', methods });

describe('a recent proof', () => {
  it.each([0, 1, 600])('is one of %s seconds ago', (ago) => expect(codeOf(ada(ago))).toBe('ada'));
  it('is one of a clock that is a little ahead', () => expect(codeOf(ada(-2))).toBe('ada'));
  it('is not one of 601 seconds ago', () => expect(codeOf(ada(601))).toEqual(stepUp('pwd')));
  it('is not a session that nothing is known of', () => {
    const { session: _, ...viewer } = ada(0);
    expect(codeOf(viewer)).toEqual(stepUp('pwd'));
  });
  it('is not one by password alone where the account has a second factor', () =>
    expect(codeOf(ada(0, { hasSecondFactor: true }))).toEqual(stepUp('pwd', 'otp')));
  it('is one by both, while it is recent', () => {
    const both = { hasSecondFactor: true, methods: ['pwd', 'otp'] };
    expect(codeOf(ada(600, both))).toBe('ada');
    expect(codeOf(ada(601, both))).toEqual(stepUp('pwd', 'otp'));
  });
  it('is somebody’s', () => expect(codeOf(anonymous)).toEqual({ code: 'UNAUTHENTICATED' }));
});
