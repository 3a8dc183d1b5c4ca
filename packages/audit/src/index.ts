export { type AuditQuery, connectAuditor } from './connect-auditor.ts';
export { findViolations, type Violation } from './find-violations.ts';
export { type Invariant, invariants } from './invariants.ts';
