import { Injectable } from '@nestjs/common';
import { DataSource, In, type EntityManager } from 'typeorm';
import { NOT_HELD, TransactionalMailRepository } from '../../outbox/store/index.js';
import { sourceOf } from '../domain/subject.js';
import { AlarmEntity } from './alarm.entity.js';
import { AlarmMails } from './alarm-mails.js';
import { SourceKnowledge } from './source-knowledge.js';

/** Alarms on their way to the log and the outbox. */
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
   * Puts an e-mail for each operator into the outbox, in the transaction that raises the alarm. Without an
   * operator here, the alarm waits for a process that has one.
   */
  async write(tx: EntityManager, alarm: AlarmEntity): Promise<void> {
    const source = sourceOf(alarm.subject);
    const mails = this.words.about(alarm, source === null ? null : await this.sources.known(source, tx));
    if (!mails.length) return;
    for (const mail of mails) await this.mails.write(mail, tx);
    await tx.update(AlarmEntity, { id: alarm.id }, { delivery: 'mailed' });
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
