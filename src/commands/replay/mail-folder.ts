import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SentMail } from '../../notifications/store/notification-log.repository.js';
import { ConfigError } from '../../platform/config/config-error.js';

/** The folder with the e-mails of a replay: one folder per institute, sorted by day. */
export class MailFolder {
  /** `written`: where the mailer writes them; `folder`: where people read them. */
  constructor(
    private readonly written: string,
    readonly folder: string,
  ) {}

  /** Throws a ConfigError if the folder is not empty: two replays could not be told apart. */
  begin(): void {
    mkdirSync(this.folder, { recursive: true });
    if (readdirSync(this.folder).length)
      throw new ConfigError([
        `--outbox ${this.folder} is not empty, and the replay begins anew. Fix: Name a folder that is empty or not there yet.`,
      ]);
  }

  /** Returns the names of the e-mails written since the last ones were moved. */
  fresh(): string[] {
    return existsSync(this.written) ? readdirSync(this.written).filter((name) => name.endsWith('.eml')) : [];
  }

  /**
   * `2026-03-16-digest-06h-1f0c….eml`: the last part identifies the message, so that none overwrites another.
   */
  put({ id, where, profileId, kind, at }: SentMail): void {
    const folder = join(this.folder, profileId ?? 'network');
    const [day, hour] = [at.toISOString().slice(0, 10), at.toISOString().slice(11, 13)];
    mkdirSync(folder, { recursive: true });
    copyFileSync(join(this.written, where), join(folder, `${day}-${kind}-${hour}h-${id.slice(0, 8)}.eml`));
    rmSync(join(this.written, where));
  }
}
