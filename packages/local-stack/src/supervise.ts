import { setTimeout as delay } from 'node:timers/promises';
import { lastLines } from './processes/child.ts';
import type { Reporter } from './report/reporter.ts';
import type { Member, Roster } from './roster.ts';

const shortestPauseMs = 500;
const longestPauseMs = 30_000;
/** Whoever ran this long has earned a short pause again. */
const steadyAfterMs = 60_000;

const tellEnd = (report: Reporter, member: Member, pauseMs: number): void => {
  const { logFile } = member.child();
  const log = lastLines(logFile);
  report.line(
    `  ${member.name} stopped; it starts again in ${pauseMs / 1000} s. The end of ${logFile}:\n${log}`,
  );
};

const restartUntilItRuns = async (
  member: Member,
  roster: Roster,
  report: Reporter,
  firstPauseMs: number,
) => {
  for (let pauseMs = firstPauseMs; !roster.isStopping(); pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    tellEnd(report, member, pauseMs);
    await delay(pauseMs);
    try {
      await member.restart();
      return pauseMs;
    } catch {
      // its log says why; it is told above, before the next try
    }
  }
  return firstPauseMs;
};

const keepRunning = async (member: Member, roster: Roster, report: Reporter): Promise<void> => {
  let pauseMs = shortestPauseMs;
  while (!roster.isStopping()) {
    const since = Date.now();
    await member.child().ended;
    if (roster.isStopping()) return;
    if (Date.now() - since > steadyAfterMs) pauseMs = shortestPauseMs;
    const lastPause = await restartUntilItRuns(member, roster, report, pauseMs);
    if (roster.isStopping()) return;
    report.line(`  ${member.name} runs again`);
    pauseMs = Math.min(lastPause * 2, longestPauseMs);
  }
};

/** Starts each member again that ends by itself, sooner at first and later if it keeps ending, until the stack stops. */
export const supervise = (roster: Roster, report: Reporter): void => {
  for (const member of roster.members()) void keepRunning(member, roster, report);
};
