import { unauthenticated } from '@emporium/subgraph';

/** What a use case answers of an account of ours; null means that the token outlived its account. */
export const requireAccount = <T>(answer: T | null): T => {
  if (answer === null) throw unauthenticated('This account is gone. Register a new one.');
  return answer;
};
