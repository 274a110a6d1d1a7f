import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Projects that were funded, who took part in them, and how far the import of their files has come. */
export class History1790300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...PROJECTS, ...IMPORT]) await runner.query(statement);
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const PROJECTS = [
  `CREATE TABLE history_project (
     id bigint PRIMARY KEY, acronym text NOT NULL, title text NOT NULL, objective text, programme text NOT NULL, start_on date, end_on date,
     funding_scheme text, topic_codes text[] NOT NULL)`,
  // An organisation may take part in a project in several roles.
  `CREATE TABLE history_participant (
     project_id bigint NOT NULL, pic text NOT NULL, role text NOT NULL, country text NOT NULL, city text, name text NOT NULL,
     PRIMARY KEY (project_id, pic, role))`,
  `CREATE INDEX history_participant_pic ON history_participant (pic, project_id)`,
  `CREATE TABLE history_topic (project_id bigint NOT NULL, code text NOT NULL, title text, PRIMARY KEY (project_id, code))`,
  `CREATE TABLE history_subject (project_id bigint NOT NULL, title text NOT NULL, PRIMARY KEY (project_id, title))`,
];

const IMPORT = [
  `CREATE TABLE history_file (
     hash text PRIMARY KEY, kind text NOT NULL, rows integer NOT NULL, bad integer NOT NULL, problems jsonb NOT NULL, lost integer NOT NULL,
     changed integer NOT NULL, imported_at timestamptz NOT NULL, told boolean NOT NULL DEFAULT false)`,
  // A file on its way in. A crash of the server empties these tables together, and the file begins anew.
  `CREATE UNLOGGED TABLE history_progress (
     kind text PRIMARY KEY, hash text NOT NULL, byte_offset bigint NOT NULL, line integer NOT NULL, rows integer NOT NULL, bad integer NOT NULL,
     problems jsonb NOT NULL)`,
  ...['project', 'participant', 'topic', 'subject'].map(
    (kind) => `CREATE UNLOGGED TABLE history_staged_${kind} (line integer NOT NULL, LIKE history_${kind})`,
  ),
];
