import { patienceSeconds } from './uploads.ts';

type Sql = {
  $executeRaw(query: TemplateStringsArray, ...values: unknown[]): PromiseLike<number>;
  $queryRaw<Rows>(query: TemplateStringsArray, ...values: unknown[]): PromiseLike<Rows>;
};

const filesAtATime = 100;

/**
 * Files that are to go once they are due, in the owner's table `doomed_files` (key, due_at): each is listed before it is written
 * and struck off when something shows it, so that none is forgotten wherever the process ends. Times are the database's.
 */
export const doomedFiles = (sql: Sql) => {
  const doom = async (key: string, seconds: number): Promise<void> => {
    await sql.$executeRaw`
      INSERT INTO doomed_files (key, due_at) VALUES (${key}, now() + make_interval(secs => ${seconds}))`;
  };
  const forget = async (key: string): Promise<boolean> =>
    (await sql.$executeRaw`DELETE FROM doomed_files WHERE key = ${key}`) > 0;
  return {
    doom,
    /** Of a file that is about to be written. */
    announce: (key: string): Promise<void> => doom(key, patienceSeconds),
    /** False when it was not listed. */
    forget,
    /** Of a file that something shows now; throws when it came too late. */
    spare: async (key: string): Promise<void> => {
      if (!(await forget(key))) throw new Error('a picture came too late: its file is gone');
    },
    /** Those whose time has come, a few at a time. */
    due: async (): Promise<string[]> => {
      const rows = await sql.$queryRaw<{ key: string }[]>`
        SELECT key FROM doomed_files WHERE due_at <= now() ORDER BY due_at LIMIT ${filesAtATime}`;
      return rows.map(({ key }) => key);
    },
  };
};
