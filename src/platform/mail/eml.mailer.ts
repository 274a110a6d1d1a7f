import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { CarnotError, type RetryPolicy } from '../../kernel/errors.js';
import type { Mailer, Clock, Mail } from '../../kernel/ports.js';
import { noteIfFull } from '../database/disk-full.js';
import { messageOf, type Sender } from './message.js';

export interface EmlOptions {
  folder: string;
  from: Sender;
  /** Provides the Date header; the machine's clock by default. */
  clock?: Clock;
}

const LONGEST_NAME = 120;
const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;

/** Writes each e-mail to a file that any mail program opens: for demonstrations, or without a mail server. */
export class EmlMailer implements Mailer {
  readonly id = 'eml';
  private readonly composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  constructor(private readonly options: EmlOptions) {}

  /** An e-mail sent twice is one file, as it is one message to a mail program. `where` is the file's name. */
  async send(mail: Mail): Promise<{ where: string }> {
    const message = messageOf(mail, this.options.from, this.options.clock?.now() ?? new Date());
    const { message: raw } = await this.composer.sendMail(message);
    const name = `${fileNameOf(mail.messageId)}.eml`;
    await this.write(name, raw as Buffer).catch((cause: unknown) => {
      throw folderError(cause);
    });
    return { where: name };
  }

  /**
   * Writes a temporary file and renames it, so that no reader and no crash ever meets half an e-mail. Its
   * name is the e-mail's, so that the next try overwrites what a killed process left.
   */
  private async write(name: string, bytes: Buffer): Promise<void> {
    await mkdir(this.options.folder, { recursive: true, mode: PRIVATE_FOLDER });
    const aside = join(this.options.folder, `.${name}.tmp`);
    try {
      const file = await open(aside, 'w', PRIVATE_FILE);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(aside, join(this.options.folder, name));
    } catch (error) {
      await rm(aside, { force: true });
      throw error;
    }
  }
}

/** Returns the id as a file name. If that loses characters, a hash of the id keeps ids apart. */
function fileNameOf(messageId: string): string {
  const safe = messageId
    .replace(/[^A-Za-z0-9@._+-]/g, '_')
    .replace(/^\./, '_')
    .slice(0, LONGEST_NAME);
  if (safe === messageId) return safe;
  return `${safe}-${createHash('sha256').update(messageId).digest('hex').slice(0, 12)}`;
}

/** A full disk may have space again; an unwritable folder needs a person. */
function folderError(cause: unknown): CarnotError {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  noteIfFull('data', cause);
  const later = ['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE', 'EIO'].includes(code);
  const retryPolicy: RetryPolicy = later ? 'later' : 'person';
  return new CarnotError(
    later ? 'MailDeferred' : 'MailSetup',
    `the mail folder cannot be written to (${code})`,
    retryPolicy,
    {
      cause,
    },
  );
}
