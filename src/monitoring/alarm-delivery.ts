import { Inject, Injectable, Logger } from '@nestjs/common';
import { sha256 } from '../calls/domain/index.js';
import { CarnotError } from '../kernel/errors.js';
import type { NextJob } from '../kernel/jobs.js';
import { MAIL_WAITS, waitAfter } from '../outbox/domain/index.js';
import type { Mailer, Clock, Mail } from '../kernel/ports.js';
import { alarmHeadline, renderAlarm } from './domain/alarm-mail.js';
import { isGood } from './domain/subject.js';
import type { AlarmEntity } from './store/alarm.entity.js';
import { AlarmOutbox } from './store/alarm-outbox.repository.js';
import type { Environment } from '../platform/config/environment.js';
import { messageIdOf } from '../platform/mail/message-id.js';
import type { DueCheck } from '../platform/schedule/ticker.js';
import { MAILER, CLOCK, ENVIRONMENT } from '../platform/tokens.js';
import { AlarmMail } from './alarm-mail.js';

/** Longer than any sending to one operator takes. */
const SENDING_MS = 90_000;
/** An alarm whose sender gave no sign for so long was being sent by a process that is dead. */
export const staleMs = (operators: string[]): number => operators.length * SENDING_MS;

interface Refusal {
  message: string;
  final: boolean;
}

/**
 * Writes alarms into the log and mails them to the operators. No job does it: an alarm that says that jobs are not worked
 * off must not wait for one to be. Whoever looks sends it, and that it is taken by its id makes it leave once.
 */
@Injectable()
export class AlarmDelivery implements DueCheck {
  private readonly log = new Logger('Alarm');

  constructor(
    private readonly outbox: AlarmOutbox,
    private readonly letters: AlarmMail,
    @Inject(MAILER) private readonly mailer: Mailer,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ENVIRONMENT) private readonly env: Environment,
  ) {}

  async due(): Promise<NextJob[]> {
    for (const alarm of await this.outbox.toLog()) await this.write(alarm);
    const operators = this.env.OPERATOR_EMAIL ?? [];
    await this.outbox.expire();
    // Without an operator here they wait: another process may have one.
    if (operators.length)
      for (const id of await this.outbox.waiting(staleMs(operators))) await this.deliver(id, operators);
    return [];
  }

  private async write(alarm: AlarmEntity): Promise<void> {
    const headline = alarmHeadline(await this.letters.news(alarm));
    if (isGood(alarm.state)) this.log.log(headline);
    else this.log.warn(alarm.reason ? `${headline}: ${alarm.reason}` : headline);
  }

  private async deliver(id: string, operators: string[]): Promise<void> {
    const alarm = await this.outbox.claim(id, staleMs(operators));
    if (!alarm) return;
    const refusals: Refusal[] = [];
    for (const address of operators.filter((a) => !alarm.sentTo.includes(a))) {
      const refusal = await this.send(alarm, address);
      if (refusal) refusals.push(refusal);
    }
    await this.end(alarm, refusals, refusals.length < operators.length);
  }

  /** Null where it has left. That one operator's address is refused keeps it from no other. */
  private async send(alarm: AlarmEntity, address: string): Promise<Refusal | null> {
    let where: string;
    try {
      ({ where } = await this.mailer.send(await this.mail(alarm, address)));
    } catch (error) {
      const { message } = error as Error;
      return {
        message: `${address}: ${message}`,
        final: error instanceof CarnotError && error.retryPolicy === 'never',
      };
    }
    // Apart from the sending: that our database failed must not be taken for a mail that did not leave.
    await this.outbox.accepted(alarm.id, address, where);
    return null;
  }

  private async mail(alarm: AlarmEntity, address: string): Promise<Mail> {
    // The same message however often it is tried, and another one for each of the operators.
    const messageId = messageIdOf(`alarm.${alarm.id}.${sha256(address).slice(0, 12)}`, this.env);
    return {
      messageId,
      to: { name: null, address },
      replyTo: null,
      ...renderAlarm(await this.letters.news(alarm)),
      unsubscribeUrl: null,
    };
  }

  /** The row remembers when to try again. Given up are refusals for good, of which one that left to somebody is none. */
  private async end(alarm: AlarmEntity, refusals: Refusal[], someHaveIt: boolean): Promise<void> {
    const error = refusals.map((r) => r.message).join('; ') || null;
    const wait = refusals.every((r) => r.final) ? null : waitAfter(alarm.attempts, MAIL_WAITS, Math.random());
    const nextTryAt = wait === null ? null : new Date(Date.now() + wait);
    const delivery = wait !== null ? 'pending' : someHaveIt ? 'sent' : 'failed';
    await this.outbox.ended(alarm, {
      delivery,
      error,
      nextTryAt,
      sentAt: delivery === 'sent' ? this.clock.now() : null,
    });
    if (error)
      this.log.warn(
        `the mail about alarm ${alarm.id} did not leave: ${error}; ${nextTryAt ? `next try at ${nextTryAt.toISOString()}` : 'given up'}`,
      );
  }
}
