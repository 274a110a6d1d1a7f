import { Inject, Injectable, Logger } from '@nestjs/common';
import { STALE_MS } from '../outbox/domain/tries.js';
import { MailDelivery } from '../outbox/mail-delivery.js';
import { TransactionalMailRepository } from '../outbox/store/transactional-mail.repository.js';
import { alarmHeadline } from './domain/alarm-mail.js';
import { isGood } from './domain/subject.js';
import type { AlarmEntity } from './store/alarm.entity.js';
import { AlarmOutbox } from './store/alarm-outbox.repository.js';
import type { Clock } from '../kernel/ports.js';
import { Watches } from '../platform/schedule/monitors.js';
import type { DueCheck } from '../platform/schedule/ticker.js';
import { CLOCK } from '../platform/tokens.js';
import { Monitored } from './monitored.js';
import { OperatorMails } from './operator-mails.js';
import type { NextJob } from '../platform/queue/job.js';

/**
 * Logs alarms and has the outbox e-mail them. It does not use a job, because an alarm that jobs are not being
 * run must not wait for one. Any monitoring process may do it: the e-mail's id ensures that it is sent once.
 */
// A slow mail server must not delay the other checks.
@Watches({ round: 'alarms', place: 'last' })
@Injectable()
export class AlarmDelivery implements DueCheck {
  private readonly log = new Logger('Alarm');

  constructor(
    private readonly outbox: AlarmOutbox,
    private readonly words: OperatorMails,
    private readonly mails: TransactionalMailRepository,
    private readonly delivery: MailDelivery,
    private readonly monitored: Monitored,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async due(): Promise<NextJob[]> {
    for (const alarm of await this.outbox.toLog()) this.write(alarm);
    await this.outbox.settle(this.clock.now());
    await this.outbox.remind(this.monitored.subjects, this.clock.now());
    await this.outbox.writeWaiting();
    await this.outbox.expire();
    for (const id of await this.mails.waitingAlarms(STALE_MS)) await this.delivery.deliver(id);
    return [];
  }

  private write(alarm: AlarmEntity): void {
    const headline = alarmHeadline(this.words.news(alarm));
    if (isGood(alarm.state)) this.log.log(headline);
    else this.log.warn(alarm.reason ? `${headline}: ${alarm.reason}` : headline);
  }
}
