import { duration, type Reporter, stepLine } from './reporter.ts';

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const frameMs = 100;
/** Without a terminal, a step that takes longer than this says that it began. */
const worthTellingMs = 1_000;

type Running = { name: string; since: number; progress: string };

const liveText = (running: Iterable<Running>, columns: number): string => {
  const frame = frames[Math.floor(performance.now() / frameMs) % frames.length] ?? '';
  const parts = [...running].map(({ name, since, progress }) =>
    [name, progress, duration(performance.now() - since)].filter((part) => part !== '').join(' '),
  );
  return `${frame} ${parts.join(' · ')}`.slice(0, columns - 1);
};

/** Writes to a terminal, or plain lines to anything else. */
export const terminalReporter = (out: NodeJS.WriteStream): Reporter => {
  const running = new Set<Running>();
  let timer: NodeJS.Timeout | undefined;

  const clear = () => {
    if (out.isTTY) out.write('\r\u001B[2K');
  };
  const draw = () => {
    if (!out.isTTY) return;
    clear();
    if (running.size > 0) out.write(liveText(running, out.columns ?? 80));
  };
  const line = (text: string) => {
    clear();
    out.write(`${text}\n`);
    draw();
  };

  return {
    step: async (name, work, note) => {
      const step: Running = { name, since: performance.now(), progress: '' };
      running.add(step);
      timer ??= out.isTTY ? setInterval(draw, frameMs).unref() : undefined;
      const begun = out.isTTY ? undefined : setTimeout(() => line(`  ${name} …`), worthTellingMs);
      try {
        const result = await work((progress) => {
          step.progress = progress;
        });
        running.delete(step);
        line(stepLine(name, note(result), performance.now() - step.since));
        return result;
      } finally {
        running.delete(step);
        clearTimeout(begun);
      }
    },
    line,
    close: () => {
      clearInterval(timer);
      running.clear();
      clear();
    },
  };
};
