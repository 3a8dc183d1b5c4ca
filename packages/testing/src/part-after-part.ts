import { createHash } from 'node:crypto';
import path from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * vitest's sequencer: the projects in the order in which the configuration names them, and the files of each by chance. What a
 * worker has loaded for a project serves until the project has no more files, and the next one's begin while its last still run.
 * The `longest` files (paths from the root) begin first of their project, so that nobody waits for them at the end.
 */
export const partAfterPart = (longest: readonly string[]): typeof BaseSequencer =>
  class extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
      const { projects, config } = this.ctx;
      const chance = ({ moduleId }: TestSpecification): string =>
        createHash('sha256').update(`${config.sequence.seed} ${moduleId}`).digest('hex');
      const isLong = ({ moduleId }: TestSpecification): boolean =>
        longest.includes(path.relative(config.root, moduleId));
      const place = (file: TestSpecification): string =>
        [
          String(projects.indexOf(file.project)).padStart(3, '0'),
          isLong(file) ? 'first' : 'then',
          chance(file),
        ].join(' ');
      const places = new Map(files.map((file) => [file, place(file)]));
      return files.toSorted((a, b) => ((places.get(a) ?? '') < (places.get(b) ?? '') ? -1 : 1));
    }
  };
