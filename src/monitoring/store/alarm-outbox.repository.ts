import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { NOT_HELD } from '../../outbox/store/index.js';
import { AlarmEntity } from './alarm.entity.js';

/** Waits, and its time has come; or its sender was killed, which is sure after so many milliseconds. */
const waits = (
  staleMs: '$1' | '$2',
): string => `${NOT_HELD} AND ((delivery = 'pending' AND (next_try_at IS NULL OR next_try_at <= clock_timestamp()))
  OR (delivery = 'sending' AND claimed_at < clock_timestamp() - ${staleMs} * interval '1 millisecond'))`;

/** How an alarm's delivery went on: it left, waits for another try, or was given up. */
export interface AlarmEnd {
  delivery: 'sent' | 'pending' | 'failed';
  error: string | null;
  nextTryAt: Date | null;
  sentAt: Date | null;
}

/** The alarms on their way to the log and to the operators. */
@Injectable()
export class AlarmOutbox {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(AlarmEntity);
  }

  /** Takes those that nobody has written into the log, oldest first: each is given once, whoever asks. */
  async toLog(): Promise<AlarmEntity[]> {
    const [rows]: [{ id: string }[], number] = await this.database.query(
      'UPDATE alarm SET logged_at = clock_timestamp() WHERE logged_at IS NULL RETURNING id',
    );
    return rows.length
      ? this.table.find({ where: { id: In(rows.map((r) => r.id)) }, order: { raisedAt: 'ASC' } })
      : [];
  }

  /** Those that nobody tried to send for a day after they were logged: no process has an operator to write to, and they are no news any more. */
  async expire(): Promise<void> {
    await this.database.query(
      `UPDATE alarm SET delivery = 'none' WHERE delivery = 'pending' AND attempts = 0 AND ${NOT_HELD} AND logged_at < clock_timestamp() - interval '1 day'`,
    );
  }

  /** Alarms that wait and whose time has come, and those whose sender was killed. */
  async waiting(staleMs: number): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT id FROM alarm WHERE ${waits('$1')} ORDER BY raised_at LIMIT 100`,
      [staleMs],
    );
    return rows.map((r) => r.id);
  }

  /** Takes an alarm to send it, by the database's clock. Null: not to be sent now. */
  async claim(id: string, staleMs: number): Promise<AlarmEntity | null> {
    const rows: [unknown[], number] = await this.database.query(
      `UPDATE alarm SET delivery = 'sending', claimed_at = clock_timestamp(), attempts = attempts + 1 WHERE id = $1 AND ${waits('$2')} RETURNING id`,
      [id, staleMs],
    );
    return rows[1] ? this.table.findOneBy({ id }) : null;
  }

  /** An operator's mail server has accepted it. */
  async accepted(id: string, address: string, where: string): Promise<void> {
    await this.database.query(
      'UPDATE alarm SET sent_to = array_append(sent_to, $2), sent_where = $3 WHERE id = $1',
      [id, address, where],
    );
  }

  /** A sender that was thought dead has nothing to say here any more: another has the alarm since. */
  async ended({ id, attempts }: AlarmEntity, end: AlarmEnd): Promise<void> {
    await this.table.update({ id, attempts, delivery: 'sending' }, end);
  }
}
