import {
  DataSource,
  type EntityManager,
  type FindOptionsWhere,
  In,
  IsNull,
  LessThanOrEqual,
  Not,
} from 'typeorm';
import { Injectable } from '@nestjs/common';
import {
  type NewTransactionalMail,
  TransactionalMailRepository,
} from '../../outbox/store/transactional-mail.repository.js';
import { GOOD_STATES, isGood, type Knowledge, sourceOf } from '../domain/alarm-words.js';
import { AlarmEntity, MonitorEntity } from './monitor.entity.js';
import { DAY_MS } from '../../kernel/durations.js';
import { NOT_HELD } from '../../outbox/store/sending.js';

/** What an e-mail about an incident reports: that it begins, lasts, or is over. */
export interface IncidentReport {
  occasion: 'begin' | 'reminder' | 'over';
  /** The present state. */
  alarm: AlarmEntity;
  /** The alarm with which the incident began. */
  first: AlarmEntity;
  /** How often it seemed to be over. */
  relapses: number;
  /** For a source. */
  knowledge: Knowledge | null;
}

/** Renders one e-mail per operator of this process about an incident; none if it has no operator. */
export abstract class AlarmMails {
  abstract about(report: IncidentReport): NewTransactionalMail[];
}

/** What is known of a source; implemented by the harvest. */
export abstract class SourceKnowledge {
  /** As seen by the transaction, which may just have changed it. */
  abstract known(sourceId: string, tx: EntityManager): Promise<Knowledge>;
}

@Injectable()
export class AlarmOutbox {
  constructor(
    private readonly database: DataSource,
    private readonly words: AlarmMails,
    private readonly sources: SourceKnowledge,
    private readonly mails: TransactionalMailRepository,
  ) {}

  private get table() {
    return this.database.getRepository(AlarmEntity);
  }

  /** Takes the alarms not yet logged, oldest first: each is returned once across all processes. */
  async toLog(): Promise<AlarmEntity[]> {
    const [rows]: [{ id: string }[], number] = await this.database.query(
      'UPDATE alarm SET logged_at = clock_timestamp() WHERE logged_at IS NULL RETURNING id',
    );
    return rows.length
      ? this.table.find({ where: { id: In(rows.map((r) => r.id)) }, order: { raisedAt: 'ASC' } })
      : [];
  }

  /**
   * Puts an e-mail for each operator into the outbox, in the transaction that raises the alarm: the first of
   * an incident, or the last. Without an operator here, the alarm waits for a process that has one.
   */
  async write(tx: EntityManager, alarm: AlarmEntity): Promise<void> {
    if (await this.report(tx, alarm, isGood(alarm.state) ? 'over' : 'begin'))
      await tx.update(AlarmEntity, { id: alarm.id }, { delivery: 'mailed' });
  }

  /** Writes the e-mails of one occasion; false if this process has no operator. */
  private async report(
    tx: EntityManager,
    alarm: AlarmEntity,
    occasion: IncidentReport['occasion'],
  ): Promise<boolean> {
    const source = sourceOf(alarm.subject);
    const incident = { incidentId: alarm.incidentId ?? alarm.id };
    const [first, relapses] = [
      await tx.findOneBy(AlarmEntity, { id: incident.incidentId }),
      await tx.countBy(AlarmEntity, { ...incident, previous: In(GOOD_STATES), state: Not(In(GOOD_STATES)) }),
    ];
    const mails = this.words.about({
      occasion,
      alarm,
      first: first ?? alarm,
      // The first is no relapse, unless it was bad at the first look.
      relapses: relapses - Number(isGood((first ?? alarm).previous)),
      knowledge: source === null ? null : await this.sources.known(source, tx),
    });
    for (const mail of mails) await this.mails.write(mail, tx);
    return mails.length > 0;
  }

  /** Ends the incidents whose subjects have been well for long enough, and writes their last e-mails. */
  async settle(now: Date): Promise<void> {
    const over = { calmUntil: LessThanOrEqual(now) };
    await this.each(over, async (tx, { subject, alarmId }) => {
      await tx.update(
        MonitorEntity,
        { subject },
        { incidentId: null, calmUntil: null, mailedAt: null, acknowledgedAt: null },
      );
      const settling = { id: alarmId!, delivery: 'settling' as const };
      const alarm = alarmId === null ? null : await tx.findOneBy(AlarmEntity, settling);
      if (!alarm) return;
      // A process with an operator has a day from now, as for any other.
      await tx.query(`UPDATE alarm SET delivery = 'pending', logged_at = clock_timestamp() WHERE id = $1`, [
        alarm.id,
      ]);
      await this.write(tx, alarm);
    });
  }

  /** Writes a reminder of each unacknowledged incident of these subjects, a day after its last e-mail. */
  async remind(subjects: string[], now: Date): Promise<void> {
    const due = {
      subject: In(subjects),
      state: Not(In(GOOD_STATES)),
      incidentId: Not(IsNull()),
      acknowledgedAt: IsNull(),
      mailedAt: LessThanOrEqual(new Date(now.getTime() - DAY_MS)),
    };
    await this.each(due, async (tx, { subject, alarmId, reason }) => {
      const alarm = await tx.findOneBy(AlarmEntity, { id: alarmId! });
      if (alarm && (await this.report(tx, { ...alarm, reason }, 'reminder')))
        await tx.update(MonitorEntity, { subject }, { mailedAt: now });
    });
  }

  /** Runs work for each such monitor, locked, in its own transaction; those that others lock are skipped. */
  private async each(
    where: FindOptionsWhere<MonitorEntity>,
    work: (tx: EntityManager, monitor: MonitorEntity) => Promise<void>,
  ): Promise<void> {
    const found = await this.database.getRepository(MonitorEntity).find({ where, select: { subject: true } });
    for (const { subject } of found)
      await this.database.transaction(async (tx) => {
        const lock = { mode: 'pessimistic_write', onLocked: 'skip_locked' } as const;
        const monitor = await tx.findOne(MonitorEntity, { where: { ...where, subject }, lock });
        if (monitor) await work(tx, monitor);
      });
  }

  /**
   * Writes the e-mails about alarms raised by processes without an operator; alarms that another process is
   * writing are skipped.
   */
  async writeWaiting(): Promise<void> {
    const waiting = await this.table.find({
      where: { delivery: 'pending' },
      order: { raisedAt: 'ASC' },
      take: 100,
      select: { id: true },
    });
    for (const { id } of waiting)
      await this.database.transaction(async (tx) => {
        const alarm = await tx.findOne(AlarmEntity, {
          where: { id, delivery: 'pending' },
          lock: { mode: 'pessimistic_write', onLocked: 'skip_locked' },
        });
        if (alarm) await this.write(tx, alarm);
      });
  }

  /** Gives up alarms that no process with an operator took within a day of being logged: they are stale. */
  async expire(): Promise<void> {
    await this.database.query(
      `UPDATE alarm SET delivery = 'none' WHERE delivery = 'pending' AND ${NOT_HELD} AND logged_at < clock_timestamp() - interval '1 day'`,
    );
  }
}
