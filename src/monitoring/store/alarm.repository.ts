import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, Not, type SelectQueryBuilder } from 'typeorm';
import { GOOD_STATES, isGood, type Observation } from '../domain/alarm-words.js';
import { AlarmEntity, MonitorEntity } from './monitor.entity.js';
import { MonitorStates } from './monitor-states.js';

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
