export { eventually, type Patience } from './eventually.ts';
export { type Decider, type Expectation, specify } from './specify.ts';
export { type CollectedSpan, type TestCollector, testCollector } from './test-collector.ts';
export { serverFolder } from './test-folder.ts';
export { type TestIdentityProvider, testIdentityProvider } from './test-identity-provider.ts';
export { type TestNats, testNats } from './test-nats.ts';
export { type TestDatabase, type TestPostgres, testDatabase, testPostgres } from './test-postgres.ts';
export { type TestRedis, testRedis } from './test-redis.ts';
export { type RecordedSpan, testTracer } from './test-tracer.ts';
