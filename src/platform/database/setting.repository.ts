import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm';
import { Injectable } from '@nestjs/common';

/** A setting of the installation, such as the hash of the admin token. */
@Entity('setting')
class SettingEntity {
  @PrimaryColumn('text') key: string;
  @Column('jsonb') value: unknown;
}

@Injectable()
export class SettingRepository {
  constructor(private readonly database: DataSource) {}

  async findByKey<T>(key: string): Promise<T | null> {
    const row = await this.database.getRepository(SettingEntity).findOneBy({ key });
    return (row?.value as T | undefined) ?? null;
  }

  /** Sets a value that was never set. Returns false if another process was first; its value stays. */
  async claim(key: string, value: unknown): Promise<boolean> {
    const rows: unknown[] = await this.database.query(
      'INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING RETURNING key',
      [key, JSON.stringify(value)],
    );
    return rows.length === 1;
  }

  /**
   * Whether it is this process's turn to do what one of all does once in so many seconds, by the clock of the
   * database.
   */
  async takeTurn(key: string, seconds: number): Promise<boolean> {
    const rows: unknown[] = await this.database.query(
      `INSERT INTO setting (key, value) VALUES ($1, to_jsonb(clock_timestamp()))
         ON CONFLICT (key) DO UPDATE SET value = excluded.value
         WHERE abs(extract(epoch FROM clock_timestamp() - (setting.value #>> '{}')::timestamptz)) >= $2 RETURNING key`,
      [key, seconds],
    );
    return rows.length === 1;
  }

  /** Notes that something happened now, by the clock of the database, which all processes share. */
  async stamp(key: string): Promise<void> {
    await this.database.query(
      'INSERT INTO setting (key, value) VALUES ($1, to_jsonb(clock_timestamp())) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      [key],
    );
  }

  /** Returns when that happened last, null if never; and what time it is by the same clock. */
  async stamped(key: string): Promise<{ at: Date | null; now: Date }> {
    const [row]: { at: Date | null; now: Date }[] = await this.database.query(
      `SELECT (SELECT (value #>> '{}')::timestamptz FROM setting WHERE key = $1) AS at, clock_timestamp() AS now`,
      [key],
    );
    return row!;
  }

  /** Sets a value if it still is what it was. Returns false if another process was first; its value stays. */
  async replace(key: string, before: unknown, value: unknown): Promise<boolean> {
    const [, replaced]: [unknown, number] = await this.database.query(
      'UPDATE setting SET value = $3 WHERE key = $1 AND value = $2',
      [key, JSON.stringify(before), JSON.stringify(value)],
    );
    return replaced === 1;
  }

  async remove(key: string): Promise<void> {
    await this.database.getRepository(SettingEntity).delete({ key });
  }

  /** Sets a value, whatever it was before. */
  async put(key: string, value: unknown): Promise<void> {
    await this.database.query(
      'INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = $2',
      [key, JSON.stringify(value)],
    );
  }
}
