import { Inject, Injectable } from '@nestjs/common';
import {
  Column,
  DataSource,
  Entity,
  type EntityManager,
  type FindOptionsWhere,
  ForeignKey,
  In,
  Index,
  IsNull,
  LessThanOrEqual,
  Not,
  PrimaryColumn,
  type SelectQueryBuilder,
} from 'typeorm';
import { randomUUID } from 'node:crypto';
import {
  GOOD_STATES,
  hinders,
  isGood,
  type Knowledge,
  type Observation,
  sourceOf,
  UNKNOWN,
} from '../domain/alarm-words.js';
import {
  type NewTransactionalMail,
  TransactionalMailRepository,
} from '../../outbox/store/transactional-mail.repository.js';
import { DAY_MS, MINUTE_MS } from '../../kernel/durations.js';
import { NOT_HELD } from '../../outbox/store/sending.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/tokens.js';
import { writeEvents } from '../../calls/store/event.repository.js';

/**
 * The state of the e-mails: `mailed` if the outbox has one for each operator, `pending` if the process that
 * raised the alarm had no operator but another may, `none` if there is no operator. `silenced` if somebody
 * had acknowledged the trouble, `incident` if it is part of one that was mailed, `settling` while an
 * all-clear waits until it is certain.
 */
type AlarmDelivery = 'pending' | 'mailed' | 'none' | 'silenced' | 'incident' | 'settling';

/** A state change of something monitored; rows are only ever added. */
@Entity('alarm')
@Index('alarm_incident', ['incidentId'])
@Index('alarm_raised', ['raisedAt'])
@Index('alarm_unlogged', ['raisedAt'], { where: 'logged_at IS NULL' })
@Index('alarm_waiting', ['raisedAt'], { where: "delivery = 'pending'" })
export class AlarmEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') subject: string;
  @Column('text') previous: string;
  @Column('text') state: string;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('timestamptz', { name: 'raised_at' }) raisedAt: Date;
  /** When its subject's trouble began; for an all-clear, the beginning of the trouble that ended. */
  @Column('timestamptz', { name: 'trouble_since', nullable: true }) troubleSince: Date | null;
  /** When it was logged, which happens once across all processes. */
  @Column('timestamptz', { name: 'logged_at', nullable: true }) loggedAt: Date | null;
  @Column('text') delivery: AlarmDelivery;
  /** The alarm that began the incident to which it belongs; itself if it did. */
  @ForeignKey(() => AlarmEntity, 'id', { name: 'alarm_incident_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'incident_id', nullable: true })
  incidentId: string | null;
}

/** The state of something monitored: a source, a queue. A change raises an alarm. */
@Entity('monitor')
@Index('monitor_alarm', ['alarmId'])
@Index('monitor_incident', ['incidentId'])
export class MonitorEntity {
  /**
   * `source/funding-tenders`, `check/funding-tenders`, `queue/harvest`, `workers`, `delivery/email`,
   * `disk/data`, `database`, `backup`.
   */
  @PrimaryColumn('text') subject: string;
  @Column('text') state: string;
  /** The last reason that was given for it. */
  @Column('text', { nullable: true }) reason: string | null;
  /** When this state began. */
  @Column('timestamptz') since: Date;
  /** When the trouble began, across all bad states since; null while all is well. */
  @Column('timestamptz', { name: 'trouble_since', nullable: true }) troubleSince: Date | null;
  /** The alarm that raised the current state; null if it has been well from the start. */
  @ForeignKey(() => AlarmEntity, 'id', {
    name: 'monitor_alarm_id_fkey',
    onDelete: 'SET NULL',
    deferrable: 'INITIALLY DEFERRED',
  })
  @Column('uuid', { name: 'alarm_id', nullable: true })
  alarmId: string | null;
  /**
   * Set while the trouble is acknowledged: further problems are recorded but not e-mailed. Cleared when the
   * incident is over, or a worse one begins.
   */
  @Column('timestamptz', { name: 'acknowledged_at', nullable: true }) acknowledgedAt: Date | null;
  /**
   * The alarm that began the present incident. It lasts, through recoveries and relapses, until the subject
   * has been well for a while; null without one.
   */
  @ForeignKey(() => AlarmEntity, 'id', {
    name: 'monitor_incident_id_fkey',
    onDelete: 'SET NULL',
    deferrable: 'INITIALLY DEFERRED',
  })
  @Column('uuid', { name: 'incident_id', nullable: true })
  incidentId: string | null;
  /** When the last e-mail about the incident was written. */
  @Column('timestamptz', { name: 'mailed_at', nullable: true }) mailedAt: Date | null;
  /** While it is well again: when the incident is over, unless it fails before. */
  @Column('timestamptz', { name: 'calm_until', nullable: true }) calmUntil: Date | null;
  /** When a process last saw the trouble that not every process can see. */
  @Column('timestamptz', { name: 'seen_at', nullable: true }) seenAt: Date | null;
}

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

const beganAt = ({ since, now }: Observation): Date => (since && since < now ? since : now);

/** Inserts a subject's monitor with its state. False if it already existed; waits for a concurrent insert. */
async function begin(tx: EntityManager, seen: Observation): Promise<boolean> {
  const { subject, state, now } = seen;
  const good = isGood(state);
  const values = {
    subject,
    state,
    reason: seen.reason,
    since: now,
    troubleSince: good ? null : beganAt(seen),
    seenAt: seen.partial && !good ? now : null,
  };
  const made = await tx
    .createQueryBuilder()
    .insert()
    .into(MonitorEntity)
    .values(values)
    .orIgnore()
    .returning('subject')
    .execute();
  return (made.raw as unknown[]).length === 1;
}

/** A process that sees a partial trouble reports it more often than this. */
const PARTIAL_MS = 3 * MINUTE_MS;

@Injectable()
export class MonitorStates {
  constructor(
    private readonly outbox: AlarmOutbox,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * Compares a subject's state with the previous one, and raises one alarm if it changed, however many
   * processes look at once: the subject's row is locked until the transaction ends. At the first observation,
   * only a bad state raises an alarm. If a transaction changes the state itself, this must run in it.
   */
  async observe(tx: EntityManager, seen: Observation): Promise<AlarmEntity | null> {
    const { subject, state, now } = seen;
    const good = isGood(state);
    if (await begin(tx, seen))
      return good ? null : this.raise(tx, seen, { state: UNKNOWN, troubleSince: beganAt(seen) });
    const monitor = await tx.findOneOrFail(MonitorEntity, {
      where: { subject },
      lock: { mode: 'pessimistic_write' },
    });
    const outdone = isMilder(state, monitor.state) && isSeenByOthers(seen, monitor);
    if (seen.partial && !good && !outdone) await tx.update(MonitorEntity, { subject }, { seenAt: now });
    if (monitor.state === state && monitor.reason !== seen.reason)
      await tx.update(MonitorEntity, { subject }, { reason: seen.reason });
    if (monitor.state === state || outdone) return null;
    const began = monitor.troubleSince ?? beganAt(seen);
    await tx.update(
      MonitorEntity,
      { subject },
      {
        state,
        reason: seen.reason,
        since: now,
        troubleSince: good ? null : began,
        calmUntil: good ? this.calmUntil(seen) : null,
      },
    );
    return this.raise(tx, seen, { ...monitor, troubleSince: began });
  }

  /**
   * Another check has found a subject well that had been in trouble: its incident need not last until the
   * next one, only for the usual time.
   */
  async confirm(tx: EntityManager, subject: string, now: Date): Promise<void> {
    await tx.query(
      'UPDATE monitor SET calm_until = least(calm_until, greatest(since + make_interval(mins => $3), $2)) WHERE subject = $1 AND calm_until IS NOT NULL AND since < $2',
      [subject, now, this.settings.monitoring.calmMinutes],
    );
  }

  private calmUntil({ now, calmMs = 0 }: Observation): Date {
    return new Date(now.getTime() + Math.max(this.settings.monitoring.calmMinutes * MINUTE_MS, calmMs));
  }

  /** Raises an alarm. It is e-mailed if it begins an incident; an all-clear, once it is certain. */
  private async raise(
    tx: EntityManager,
    { subject, state, reason, now }: Observation,
    before: Pick<MonitorEntity, 'state' | 'troubleSince'> & Partial<MonitorEntity>,
  ): Promise<AlarmEntity> {
    const id = randomUUID();
    const good = isGood(state);
    const begins = !good && (!before.incidentId || (await worsens(tx, state, before.incidentId)));
    const alarm = tx.create(AlarmEntity, {
      id,
      subject,
      previous: before.state,
      state,
      reason,
      raisedAt: now,
      troubleSince: before.troubleSince,
      incidentId: begins ? id : (before.incidentId ?? id),
      delivery: begins ? 'pending' : good ? 'settling' : before.acknowledgedAt ? 'silenced' : 'incident',
    });
    await tx.insert(AlarmEntity, alarm);
    await tx.update(
      MonitorEntity,
      { subject },
      { alarmId: id, ...(begins && { incidentId: id, mailedAt: now, acknowledgedAt: null }) },
    );
    if (begins) await this.outbox.write(tx, alarm);
    // For everything else, only operators can act.
    if (sourceOf(subject) !== null && !good)
      await writeEvents(tx, [{ key: `source/${id}`, kind: 'source', about: id }], now);
    return alarm;
  }
}

/** Whether a state hinders something, and none of its incident did: nobody knows of that yet. */
const worsens = async (tx: EntityManager, state: string, incidentId: string): Promise<boolean> =>
  hinders(state) && !(await tx.findBy(AlarmEntity, { incidentId })).some((alarm) => hinders(alarm.state));

/** Of what several processes see of a subject, the worst counts. */
const isMilder = (state: string, before: string): boolean =>
  isGood(state) || (!hinders(state) && hinders(before));

const isSeenByOthers = ({ partial, now }: Observation, { seenAt }: MonitorEntity): boolean =>
  partial === true && seenAt !== null && now.getTime() - seenAt.getTime() < PARTIAL_MS;

export interface AlarmPlace {
  raisedAt: Date;
  id: string;
}

/** The state of everything monitored, and each state change. */
@Injectable()
export class AlarmRepository {
  constructor(
    private readonly database: DataSource,
    private readonly states: MonitorStates,
  ) {}

  private get monitors() {
    return this.database.getRepository(MonitorEntity);
  }

  /** Records an observation; returns an alarm if the state has changed. */
  async observe(seen: Observation): Promise<AlarmEntity | null> {
    // Most find that all is well, as before: that needs no lock.
    if (isGood(seen.state) && (await this.monitors.existsBy({ subject: seen.subject, state: seen.state })))
      return null;
    return this.database.transaction((tx) => this.states.observe(tx, seen));
  }

  /** Returns the monitors of the observed subjects, by name. */
  async monitorsOf(subjects: string[]): Promise<Map<string, MonitorEntity>> {
    const rows = await this.monitors.findBy({ subject: In(subjects) });
    return new Map(rows.map((w) => [w.subject, w]));
  }

  /** Acknowledges the trouble of a subject. False if the subject is well. */
  async acknowledge(subject: string, now: Date): Promise<boolean> {
    const trouble = { subject, state: Not(In(GOOD_STATES)) };
    await this.monitors.update({ ...trouble, acknowledgedAt: IsNull() }, { acknowledgedAt: now });
    return this.monitors.existsBy(trouble);
  }

  /** Makes reminders be sent again. */
  async rearm(subject: string): Promise<void> {
    await this.monitors.update({ subject }, { acknowledgedAt: null });
  }

  findById(id: string): Promise<AlarmEntity | null> {
    return this.database.getRepository(AlarmEntity).findOneBy({ id });
  }

  /** Returns a page of alarms, newest first; `open`: those that put a subject into its current bad state. */
  async list(
    { open, subjects }: { open?: boolean; subjects: string[] },
    limit: number,
    after: AlarmPlace | null,
  ): Promise<{ items: AlarmEntity[]; total: number }> {
    const filtered = (): SelectQueryBuilder<AlarmEntity> => {
      const query = this.database.createQueryBuilder(AlarmEntity, 'a').where('true');
      if (open === undefined) return query;
      const inTrouble =
        'EXISTS (SELECT 1 FROM monitor w WHERE w.alarm_id = a.id AND w.state <> ALL(:good) AND w.subject = ANY(:subjects))';
      return query.andWhere(`${inTrouble} = :open`, { open, good: GOOD_STATES, subjects });
    };
    const page = filtered().orderBy('a.raised_at', 'DESC').addOrderBy('a.id', 'ASC').limit(limit);
    if (after) page.andWhere('(a.raised_at < :raisedAt OR (a.raised_at = :raisedAt AND a.id > :id))', after);
    return { items: await page.getMany(), total: await filtered().getCount() };
  }
}
