import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, Not, type SelectQueryBuilder } from 'typeorm';
import { GOOD_STATES, type Observation } from '../domain/subject.js';
import { AlarmEntity } from './alarm.entity.js';
import { MonitorEntity } from './monitor.entity.js';
import { MonitorStates } from './monitor-states.js';

export interface AlarmPlace {
  raisedAt: Date;
  id: string;
}

/** How what is watched does, and each change of that. */
@Injectable()
export class AlarmRepository {
  constructor(
    private readonly database: DataSource,
    private readonly states: MonitorStates,
  ) {}

  private get monitors() {
    return this.database.getRepository(MonitorEntity);
  }

  /** Notes how a subject is found; gives the alarm where it has changed. */
  observe(seen: Observation): Promise<AlarmEntity | null> {
    return this.database.transaction((tx) => this.states.observe(tx, seen));
  }

  /** The subjects that were looked at, by name. */
  async monitorsOf(subjects: string[]): Promise<Map<string, MonitorEntity>> {
    const rows = await this.monitors.findBy({ subject: In(subjects) });
    return new Map(rows.map((w) => [w.subject, w]));
  }

  /** Somebody knows of it. False where the subject does well, so that there is nothing to know. */
  async acknowledge(subject: string, now: Date): Promise<boolean> {
    const trouble = { subject, state: Not(In(GOOD_STATES)) };
    await this.monitors.update({ ...trouble, acknowledgedAt: IsNull() }, { acknowledgedAt: now });
    return this.monitors.existsBy(trouble);
  }

  /** The next change is mailed again, though the subject is not well yet. */
  async rearm(subject: string): Promise<void> {
    await this.monitors.update({ subject }, { acknowledgedAt: null });
  }

  find(id: string): Promise<AlarmEntity | null> {
    return this.database.getRepository(AlarmEntity).findOneBy({ id });
  }

  /**
   * A page of the alarms, newest first. `open` are those by which one of the subjects came into the bad state
   * it is in.
   */
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
