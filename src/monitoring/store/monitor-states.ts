import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { isGood, sourceOf, UNKNOWN, type Observation } from '../domain/subject.js';
import { AlarmEntity } from './alarm.entity.js';
import { AlarmOutbox } from './alarm-outbox.repository.js';
import { MonitorEntity } from './monitor.entity.js';
import { writeEvents } from '../../calls/store/index.js';

const beganAt = ({ since, now }: Observation): Date => (since && since < now ? since : now);

/** Inserts a subject's monitor with its state. False if it already existed; waits for a concurrent insert. */
async function begin(tx: EntityManager, seen: Observation): Promise<boolean> {
  const { subject, state, now } = seen;
  const values = { subject, state, since: now, troubleSince: isGood(state) ? null : beganAt(seen) };
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

/** The states of everything monitored. */
@Injectable()
export class MonitorStates {
  constructor(private readonly outbox: AlarmOutbox) {}

  /**
   * Compares a subject's state with the previous one, and raises one alarm if it changed, however many
   * processes look at once: the subject's row is locked until the transaction ends. At the first observation,
   * only a bad state raises an alarm. If a transaction changes the state itself, this must run in it.
   */
  async observe(tx: EntityManager, seen: Observation): Promise<AlarmEntity | null> {
    const { subject, state, now } = seen;
    const good = isGood(state);
    if (await begin(tx, seen))
      return good
        ? null
        : this.raise(tx, seen, { state: UNKNOWN, troubleSince: beganAt(seen), silenced: false });
    const monitor = await tx.findOneOrFail(MonitorEntity, {
      where: { subject },
      lock: { mode: 'pessimistic_write' },
    });
    if (monitor.state === state) return null;
    const began = monitor.troubleSince ?? beganAt(seen);
    // Recovery re-arms: the next trouble is news again.
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
    // For queues and workers, only operators can act.
    if (sourceOf(subject) !== null && !isGood(state))
      await writeEvents(tx, [{ key: `source/${alarm.id}`, kind: 'source', about: alarm.id }], now);
    return alarm;
  }
}
