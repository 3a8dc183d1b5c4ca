import { Presets, SingleBar } from 'cli-progress';

export type Progress = { advance(by: number): void; done(): void };

/** A bar on a terminal; elsewhere one line at the end. `unit` names what is counted. */
export const startProgress = (label: string, total: number, unit: string): Progress => {
  const started = performance.now();
  const bar = new SingleBar(
    {
      format: `${label.padEnd(22)} {bar} {percentage}% {value}/{total} ${unit} {eta_formatted} left`,
      hideCursor: true,
      noTTYOutput: false,
    },
    Presets.shades_classic,
  );
  const visible = process.stdout.isTTY;
  let count = 0;
  if (visible) bar.start(total, 0);
  return {
    advance: (by) => {
      count += by;
      if (visible) bar.update(Math.min(Math.round(count), total));
    },
    done: () => {
      if (visible) bar.stop();
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      process.stdout.write(`${label}: ${Math.round(count).toLocaleString('en')} ${unit} in ${seconds} s\n`);
    },
  };
};
