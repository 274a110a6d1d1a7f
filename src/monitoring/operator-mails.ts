import { Inject, Injectable } from '@nestjs/common';
import { sha256 } from '../calls/domain/index.js';
import type { Clock } from '../kernel/ports.js';
import { mailIdOf } from './domain/alarm-delivery.js';
import { renderAlarm, type AlarmNews } from './domain/alarm-mail.js';
import type { Knowledge } from './domain/alarm-words.js';
import type { AlarmEntity } from './store/alarm.entity.js';
import type { AlarmMails } from './store/alarm-mails.js';
import type { NewTransactionalMail } from '../outbox/store/index.js';
import type { Environment } from '../platform/config/environment.js';
import { messageIdOf } from '../platform/mail/message-id.js';
import { CLOCK, ENVIRONMENT } from '../platform/tokens.js';
import { Monitored } from './monitored.js';

/** Writes the operators' e-mails about an alarm: one for each. */
@Injectable()
export class OperatorMails implements AlarmMails {
  constructor(
    private readonly monitored: Monitored,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  about(alarm: AlarmEntity, knowledge: Knowledge | null): NewTransactionalMail[] {
    const words = renderAlarm(this.news(alarm, knowledge));
    return (this.env.OPERATOR_EMAIL ?? []).map((toAddress) => ({
      id: mailIdOf(alarm.id, toAddress),
      alarmId: alarm.id,
      kind: 'alarm',
      profileId: null,
      toName: null,
      toAddress,
      replyTo: null,
      ...words,
      // The same message id however often it is written, and a different one for each operator.
      messageId: messageIdOf(`alarm.${alarm.id}.${sha256(toAddress).slice(0, 12)}`, this.env),
      expiresAt: null,
      createdAt: this.clock.now(),
    }));
  }

  /** Returns everything known about an alarm, with knowledge of its source if given. */
  news(alarm: AlarmEntity, knowledge: Knowledge | null): AlarmNews {
    const { id, subject, previous, state, reason, raisedAt, troubleSince } = alarm;
    return {
      id,
      name: this.monitored.nameOf(subject),
      sourceId: this.monitored.sourceOf(subject),
      previous,
      state,
      reason,
      raisedAt,
      troubleSince,
      knowledge,
      publicUrl: this.env.PUBLIC_URL,
      now: this.clock.now(),
    };
  }
}
