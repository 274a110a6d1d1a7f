import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { isGood, sourceOf, UNKNOWN, type Observation } from '../domain/subject.js';
import { AlarmEntity } from './alarm.entity.js';
import { AlarmOutbox } from './alarm-outbox.repository.js';
import { MonitorEntity } from './monitor.entity.js';
import { writeEvents } from '../../calls/store/index.js';

/**
 * Notes that a subject is watched, in that state. False where it was watched before; another's row is waited
 * for.
 */
async function begin(tx: EntityManager, { subject, state, now }: Observation): Promise<boolean> {
  const values = { subject, state, since: now, troubleSince: isGood(state) ? null : now };
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

/** How what is watched does. */
@Injectable()
export class MonitorStates {
  constructor(private readonly outbox: AlarmOutbox) {}

  /**
   * Compares how a subject is found with how it was, and raises one alarm where that has changed, however
   * many processes look at once: the subject's row is locked until the transaction ends. What is good at the
   * first look is no alarm, what is bad is one. Belongs into the transaction that changes the state itself,
   * where there is one.
   */
  async observe(tx: EntityManager, seen: Observation): Promise<AlarmEntity | null> {
    const { subject, state, now } = seen;
    const good = isGood(state);
    if (await begin(tx, seen))
      return good ? null : this.raise(tx, seen, { state: UNKNOWN, troubleSince: now, silenced: false });
    const monitor = await tx.findOneOrFail(MonitorEntity, {
      where: { subject },
      lock: { mode: 'pessimistic_write' },
    });
    if (monitor.state === state) return null;
    const began = monitor.troubleSince ?? now;
    // Well again is re-armed: what comes next is news once more.
    const rearmed = { troubleSince: null, acknowledgedAt: null };
    await tx.update(
      MonitorEntity,
      { subject },
      { state, since: now, ...(good ? rearmed : { troubleSince: began }) },
    );
    return this.raise(tx, seen, {
      state: monitor.state,
      troubleSince: began,
      silenced: monitor.acknowledgedAt !== null && !good,
    });
  }

  private async raise(
    tx: EntityManager,
    { subject, state, reason, now }: Observation,
    before: { state: string; troubleSince: Date | null; silenced: boolean },
  ): Promise<AlarmEntity> {
    const alarm = tx.create(AlarmEntity, {
      id: randomUUID(),
      subject,
      previous: before.state,
      state,
      reason,
      raisedAt: now,
      troubleSince: before.troubleSince,
      delivery: before.silenced ? 'silenced' : 'pending',
    });
    await tx.insert(AlarmEntity, alarm);
    await tx.update(MonitorEntity, { subject }, { alarmId: alarm.id });
    if (!before.silenced) await this.outbox.write(tx, alarm);
    // Of queues and workers only the operator can make something.
    if (sourceOf(subject) !== null && !isGood(state))
      await writeEvents(tx, [{ key: `source/${alarm.id}`, kind: 'source', about: alarm.id }], now);
    return alarm;
  }
}
