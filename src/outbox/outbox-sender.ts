import { Inject, Injectable, Logger } from '@nestjs/common';
import { CarnotError } from '../kernel/errors.js';
import { MAIL_WAITS, waitAfter } from './domain/tries.js';
import type { Mailer, Clock, Mail } from '../kernel/ports.js';
import { MAILER, CLOCK } from '../platform/tokens.js';
import { untilNoted } from '../platform/mail/until-noted.js';

/** A mail of an outbox that was claimed; `attempts` counts this try. */
interface Claimed {
  id: string;
  kind: string;
  attempts: number;
}

/** Where it is remembered how a mail did. */
interface Outbox<M extends Claimed> {
  sent(mail: M, where: string, now: Date): Promise<void>;
  notSent(mail: M, error: string, nextTryAt: Date | null): Promise<void>;
}

/** Sends mails that wait in an outbox, of whichever kind. */
@Injectable()
export class OutboxSender {
  private readonly log = new Logger('Mail');

  constructor(
    @Inject(MAILER) private readonly mailer: Mailer,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Sends a mail that was claimed, and marks it: as sent only when the other side has accepted it, else with the time of the next try. */
  async send<M extends Claimed>(outbox: Outbox<M>, claimed: M, mail: Mail): Promise<void> {
    const where = await this.leave(outbox, claimed, mail);
    // Apart from the sending: that our database failed must not be taken for a mail that did not leave.
    if (where !== null) await untilNoted(() => outbox.sent(claimed, where, this.clock.now()));
  }

  /** Where the mail went; null where it did not leave. */
  private async leave<M extends Claimed>(outbox: Outbox<M>, claimed: M, mail: Mail): Promise<string | null> {
    try {
      return (await this.mailer.send(mail)).where;
    } catch (error) {
      await this.notSent(outbox, claimed, error as Error);
      return null;
    }
  }

  /** The outbox remembers when to try again, so that a mail outlives any queue. Only a refusal of this very mail is final. */
  private async notSent<M extends Claimed>(outbox: Outbox<M>, claimed: M, error: Error): Promise<void> {
    const wait =
      error instanceof CarnotError && error.retryPolicy === 'never'
        ? null
        : waitAfter(claimed.attempts, MAIL_WAITS, Math.random());
    const nextTryAt = wait === null ? null : new Date(Date.now() + wait);
    await outbox.notSent(claimed, error.message, nextTryAt);
    this.log.warn(
      `mail ${claimed.id} (${claimed.kind}) did not leave: ${error.message}; ${nextTryAt ? `next try at ${nextTryAt.toISOString()}` : 'given up'}`,
    );
  }
}
