import { connectAuditor, findViolations } from '@emporium/audit';
import { eventually } from '@emporium/testing';
import { expect, inject } from 'vitest';

/** The graph that all gentle scenarios share. */
export const wholeGraph = () => inject('graph');

/** Waits until no event is on its way and everything that must always hold does. */
export const expectInvariants = async (auditorUrl: string, timeout = 30_000): Promise<void> => {
  const auditor = connectAuditor(auditorUrl);
  try {
    await eventually(async () => expect(await findViolations(auditor.query)).toEqual([]), {
      timeout,
      every: 250,
    });
  } finally {
    await auditor.end();
  }
};
