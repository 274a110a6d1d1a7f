import { Inject, Injectable } from '@nestjs/common';
import { sha256 } from '../kernel/hash.js';
import type { NewTransactionalMail } from '../outbox/store/transactional-mail.repository.js';
import type { Clock } from '../kernel/ports.js';
import { mailIdOf } from './domain/alarm-delivery.js';
import { alarmHeadline, renderAlarm, type AlarmNews } from './domain/alarm-mail.js';
import type { AlarmEntity } from './store/monitor.entity.js';
import type { AlarmMails, IncidentReport } from './store/alarm-outbox.repository.js';
import type { Environment } from '../platform/config/environment.js';
import { messageIdOf } from '../platform/mail/message.js';
import { CLOCK, ENVIRONMENT } from '../platform/tokens.js';
import { Monitored } from './monitored.js';

/** Writes the operators' e-mails about an incident, in one thread for each. */
@Injectable()
export class OperatorMails implements AlarmMails {
  constructor(
    private readonly monitored: Monitored,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  about({ occasion, alarm, first, relapses, knowledge }: IncidentReport): NewTransactionalMail[] {
    const now = this.clock.now();
    const begins = occasion === 'begin';
    const words = renderAlarm({
      ...this.news(alarm),
      knowledge,
      ...(!begins && {
        troubleSince: first.troubleSince ?? first.raisedAt,
        incident: { subject: alarmHeadline(this.news(first)), relapses, reminds: occasion === 'reminder' },
      }),
    });
    // One for each day on which it is reminded of.
    const mail = occasion === 'reminder' ? `${alarm.id}.${now.toISOString().slice(0, 10)}` : alarm.id;
    return (this.env.OPERATOR_EMAIL ?? []).map((toAddress) => ({
      id: mailIdOf(mail, toAddress),
      alarmId: alarm.id,
      kind: 'alarm',
      profileId: null,
      toName: null,
      toAddress,
      replyTo: null,
      ...words,
      messageId: this.messageId(mail, toAddress),
      threads: begins ? [] : [this.messageId(first.id, toAddress)],
      expiresAt: null,
      createdAt: now,
    }));
  }

  /** The same message id however often it is written, and a different one for each operator. */
  private messageId(mail: string, address: string): string {
    return messageIdOf(`alarm.${mail}.${sha256(address).slice(0, 12)}`, this.env);
  }

  /** Returns what is known about an alarm by itself. */
  news(alarm: AlarmEntity): AlarmNews {
    const { id, subject, previous, state, reason, raisedAt, troubleSince } = alarm;
    return {
      id,
      name: this.monitored.nameOf(subject),
      subject,
      sourceId: this.monitored.sourceOf(subject),
      previous,
      state,
      reason,
      raisedAt,
      troubleSince,
      knowledge: null,
      incident: null,
      publicUrl: this.env.PUBLIC_URL,
      now: this.clock.now(),
    };
  }
}
