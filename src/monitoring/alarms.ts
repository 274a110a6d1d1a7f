import { Inject, Injectable, Logger } from '@nestjs/common';
import { z } from 'zod';
import { sha256 } from '../kernel/hash.js';
import {
  type NewTransactionalMail,
  TransactionalMailRepository,
  type TransactionalMailEntity,
} from '../outbox/store/transactional-mail.repository.js';
import type { Clock } from '../kernel/ports.js';
import { deliveryOf, mailIdOf } from './domain/alarm-delivery.js';
import { alarmHeadline, type AlarmNews, renderAlarm } from './domain/alarm-mail.js';
import {
  type AlarmEntity,
  type MonitorEntity,
  type AlarmMails,
  AlarmOutbox,
  type IncidentReport,
  type AlarmPlace,
  AlarmRepository,
} from './store/alarm.repository.js';
import type { Environment } from '../platform/config/environment.js';
import { messageIdOf } from '../platform/mail/message.js';
import { CLOCK, ENVIRONMENT } from '../platform/tokens.js';
import { Monitored } from './monitored.js';
import { STALE_MS } from '../outbox/domain/tries.js';
import { MailDelivery } from '../outbox/mail.job.js';
import { isGood } from './domain/alarm-words.js';
import { Watches, type DueCheck } from '../platform/schedule/ticker.js';
import type { NextJob } from '../platform/queue/job.js';
import { Conflict, NotFound } from '../kernel/errors.js';
import { sayIn } from '../i18n/translate.js';
import type { Language } from '../kernel/language.js';
import { grouped } from '../kernel/collections.js';

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

const DELIVERIES = [
  'pending',
  'sending',
  'sent',
  'failed',
  'none',
  'silenced',
  'incident',
  'settling',
] as const;
export const AlarmView = z
  .object({
    id: z.uuid(),
    subject: z
      .string()
      .describe(
        '`source/<id>`, `check/<source id>`, `queue/<name>`, `delivery/<channel>`, `disk/data`, `disk/database`, `database`, `backup` or `workers`',
      ),
    name: z.string(),
    previous: z.string().describe('the previous state; `new` the first time'),
    state: z.string(),
    reason: z.string().nullable(),
    raisedAt: z.iso.datetime(),
    troubleSince: z.iso
      .datetime()
      .nullable()
      .describe('when the problem began, which is noticed later; also where this alarm says that it is over'),
    open: z.boolean().describe('whether its subject is still in the bad state that it reports'),
    acknowledgedAt: z.iso
      .datetime()
      .nullable()
      .describe('since when the current problem has been acknowledged'),
    delivery: z
      .enum(DELIVERIES)
      .describe(
        '`none`: OPERATOR_EMAIL is not set here, or where alarms are sent; `silenced`: the problem was acknowledged; `incident`: it is part of one that was e-mailed; `settling`: an all-clear that is e-mailed once it is certain',
      ),
    attempts: z.number().int(),
    error: z.string().nullable(),
    nextTryAt: z.iso.datetime().nullable(),
    sentAt: z.iso.datetime().nullable(),
    sentTo: z.array(z.string()),
    sentWhere: z.string().nullable(),
  })
  .meta({ id: 'Alarm' });
export type AlarmView = z.infer<typeof AlarmView>;

/** Alarms for people to read and acknowledge. */
@Injectable()
export class Alarms {
  constructor(
    private readonly alarms: AlarmRepository,
    private readonly mails: TransactionalMailRepository,
    private readonly monitored: Monitored,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ENVIRONMENT) private readonly env: Environment,
  ) {}

  /** Returns alarms, newest first; `open`: only current problems, one alarm per subject. */
  async list(
    open: boolean | undefined,
    limit: number,
    after: AlarmPlace | null,
  ): Promise<{ items: AlarmView[]; total: number }> {
    const filter = { subjects: this.monitored.subjects, ...(open !== undefined && { open }) };
    const { items, total } = await this.alarms.list(filter, limit, after);
    return { items: await this.views(items), total };
  }

  /** Returns the names of the sources that cannot be read as planned. */
  async troubledSources(language: Language): Promise<string[]> {
    const { subjects, sources } = this.monitored;
    const { items } = await this.alarms.list({ open: true, subjects }, subjects.length, null);
    const ids = items.flatMap(({ subject }) => this.monitored.sourceOf(subject) ?? []);
    return [...new Set(ids)].map((id) => {
      const name = sources.get(id);
      return name ? sayIn(language, name) : id;
    });
  }

  async viewById(id: string): Promise<AlarmView> {
    return this.viewOf(await this.findById(id));
  }

  /**
   * Acknowledges an alarm: until its incident is over, nothing more is e-mailed about it.
   * Rejected if the subject is well; its next problem will be e-mailed.
   */
  async acknowledge(id: string): Promise<AlarmView> {
    const alarm = await this.findById(id);
    if (await this.alarms.acknowledge(alarm.subject, this.clock.now())) return this.viewOf(alarm);
    throw new Conflict('alarm-over', { subject: this.monitored.nameOf(alarm.subject) });
  }

  /** Withdraws an acknowledgement: reminders are e-mailed again. */
  async rearm(id: string): Promise<AlarmView> {
    const alarm = await this.findById(id);
    await this.alarms.rearm(alarm.subject);
    return this.viewOf(alarm);
  }

  private async findById(id: string): Promise<AlarmEntity> {
    const alarm = await this.alarms.findById(id);
    if (!alarm) throw new NotFound('no-alarm', { id });
    return alarm;
  }

  private async viewOf(alarm: AlarmEntity): Promise<AlarmView> {
    return (await this.views([alarm]))[0]!;
  }

  private async views(alarms: AlarmEntity[]): Promise<AlarmView[]> {
    const monitorsOf = await this.alarms.monitorsOf(alarms.map((a) => a.subject));
    const mailsOf = grouped(await this.mails.ofAlarms(alarms.map((a) => a.id)), (m) => [m.alarmId!]);
    return alarms.map((a) => this.view(a, monitorsOf.get(a.subject), mailsOf.get(a.id) ?? []));
  }

  private view(
    a: AlarmEntity,
    monitor: MonitorEntity | undefined,
    mails: TransactionalMailEntity[],
  ): AlarmView {
    // An alarm not yet e-mailed because its process had no operator waits for one that has.
    const waits = a.delivery === 'pending' && this.env.OPERATOR_EMAIL?.length;
    const unmailed = a.delivery === 'pending' || a.delivery === 'mailed' ? 'none' : a.delivery;
    const told = deliveryOf(mails, waits ? 'pending' : unmailed);
    const open =
      monitor?.alarmId === a.id && !isGood(monitor.state) && this.monitored.subjects.includes(a.subject);
    return {
      id: a.id,
      subject: a.subject,
      name: this.monitored.nameOf(a.subject),
      previous: a.previous,
      state: a.state,
      reason: a.reason,
      raisedAt: a.raisedAt.toISOString(),
      troubleSince: a.troubleSince?.toISOString() ?? null,
      open,
      acknowledgedAt: monitor?.acknowledgedAt?.toISOString() ?? null,
      ...told,
      nextTryAt: told.nextTryAt?.toISOString() ?? null,
      sentAt: told.sentAt?.toISOString() ?? null,
    };
  }
}
