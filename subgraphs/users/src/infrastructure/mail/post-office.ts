import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import { v7 as newId } from 'uuid';
import type { Letter } from './letter.ts';

/** Takes letters to where they are delivered; rejects when it cannot. */
export type PostOffice = {
  deliver(recipient: string, letter: Letter): Promise<void>;
  close(): void;
};

export type PostOfficeOptions = {
  /** `smtp://` or `smtps://`, with credentials; null where mail is put into a folder instead. */
  readonly smtpUrl: string | null;
  /** Where mail is put without SMTP, a file for each: for development. */
  readonly folder: string;
  readonly from: string;
};

const timeoutMs = 10_000;

export const openPostOffice = ({ smtpUrl, folder, from }: PostOfficeOptions): PostOffice => {
  if (smtpUrl === null) return intoFolder(folder, from);
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  });
  return {
    deliver: async (to, letter) => {
      await transport.sendMail({ from, to, ...letter });
    },
    close: () => transport.close(),
  };
};

const intoFolder = (folder: string, from: string): PostOffice => {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return {
    deliver: async (to, letter) => {
      const { message } = await transport.sendMail({ from, to, ...letter });
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(path.join(folder, `${newId()}.eml`), message as Buffer, { mode: 0o600 });
    },
    close: () => undefined,
  };
};
