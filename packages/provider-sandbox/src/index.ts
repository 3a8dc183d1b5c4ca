export { createEvents, type Sending } from './events.ts';
export { type Fault, lying } from './faults.ts';
export { type Answered, KeyClash } from './idempotency.ts';
export { type Asked, createMisbehavingServer, type Misbehaving } from './misbehaving-server.ts';
