import { type DestinationStream, pino } from 'pino';

/** Lines wait up to so many bytes for somebody who reads too slowly. */
const mostWaiting = 1024 * 1024;

/**
 * Where a service's log goes: standard output, unless said. What cannot be written, because the disk is full or the reader gone,
 * is lost: a service outlives its log.
 */
export const logOutput = (
  to: number | string = 1,
): DestinationStream & { on(event: 'error', heard: () => void): void } => {
  const output = pino.destination({ dest: to, sync: false, maxLength: mostWaiting });
  output.on('error', () => undefined);
  return output;
};
