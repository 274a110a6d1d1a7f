import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { MINUTE_MS } from '../../kernel/durations.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/tokens.js';
import { isGood, type Observation, sourceOf, UNKNOWN } from '../domain/alarm-words.js';
import { AlarmEntity, MonitorEntity } from './monitor.entity.js';
import { AlarmOutbox } from './alarm-outbox.repository.js';
import { writeEvents } from '../../calls/store/event.repository.js';

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
    if (seen.partial && !good) await tx.update(MonitorEntity, { subject }, { seenAt: now });
    if (monitor.state === state && monitor.reason !== seen.reason)
      await tx.update(MonitorEntity, { subject }, { reason: seen.reason });
    if (monitor.state === state || (good && isSeenByOthers(seen, monitor))) return null;
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
    const begins = !good && !before.incidentId;
    const alarm = tx.create(AlarmEntity, {
      id,
      subject,
      previous: before.state,
      state,
      reason,
      raisedAt: now,
      troubleSince: before.troubleSince,
      incidentId: before.incidentId ?? id,
      delivery: begins ? 'pending' : good ? 'settling' : before.acknowledgedAt ? 'silenced' : 'incident',
    });
    await tx.insert(AlarmEntity, alarm);
    await tx.update(
      MonitorEntity,
      { subject },
      { alarmId: id, ...(begins && { incidentId: id, mailedAt: now }) },
    );
    if (begins) await this.outbox.write(tx, alarm);
    // For everything else, only operators can act.
    if (sourceOf(subject) !== null && !good)
      await writeEvents(tx, [{ key: `source/${id}`, kind: 'source', about: id }], now);
    return alarm;
  }
}

const isSeenByOthers = ({ partial, now }: Observation, { seenAt }: MonitorEntity): boolean =>
  partial === true && seenAt !== null && now.getTime() - seenAt.getTime() < PARTIAL_MS;
