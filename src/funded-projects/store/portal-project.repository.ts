import { Column, DataSource, Entity, type EntityManager, Index, PrimaryColumn } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { filled, type PortalProject, type ProjectChange, projectChanges } from '../domain/portal-project.js';
import { DAY_MS, HOUR_MS } from '../../kernel/durations.js';

/** A funded project of a topic that the portal's index is asked for. */
@Entity('portal_project')
// Indexes on a list, or on words, are more than the entity can say.
@Index('portal_project_pics', { synchronize: false })
@Index('portal_project_title', { synchronize: false })
@Index('portal_project_topics', { synchronize: false })
class PortalProjectEntity {
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'source_id' }) sourceId: string;
  @Column('jsonb') content: PortalProject;
  /** In lower case. */
  @Column('text', { array: true }) topics: string[];
  @Column('text', { array: true }) pics: string[];
  @Column('text', { name: 'topic_title', nullable: true }) topicTitle: string | null;
  /** The document that showed it as it is. */
  @Column('text', { name: 'document_hash', nullable: true }) documentHash: string | null;
  /** Whether it appeared under a topic that had been asked for before. */
  @Column('boolean', { name: 'is_news' }) isNews: boolean;
  @Column('timestamptz', { name: 'first_seen_at' }) firstSeenAt: Date;
  /** The last reading that asked for one of its topics. */
  @Column('timestamptz', { name: 'asked_at' }) askedAt: Date;
  /** Readings in a row that asked for it and did not show it, and the first of them. */
  @Column('timestamptz', { name: 'missing_since', nullable: true }) missingSince: Date | null;
  @Column('integer', { name: 'missing_runs', default: 0 }) missingRuns: number;
  @Column('timestamptz', { name: 'gone_at', nullable: true }) goneAt: Date | null;
  /** The newest of its changes. */
  @Column('jsonb', { default: [] }) changes: ProjectChange[];
}

/** What an accepted run read of some topics: each project, with the document that shows it. */
export interface ReadProjects {
  /** The topics asked for: the run says nothing of others. */
  topics: readonly string[];
  projects: { project: PortalProject; documentHash: string | null }[];
  /**
   * References of rows that could not be read, which begin with their project's number: it stays as it is.
   */
  unread: readonly string[];
}

/** After how many readings without it, and how long, a project is gone. */
interface Grace {
  goneAfterRuns: number;
  goneAfterHours: number;
}

const MOST_CHANGES = 20;
/** How long a project stays after it has gone, or after the last reading that asked for its topics. */
const KEPT_DAYS = 400;

const lower = (all: readonly string[]): string[] => all.map((one) => one.toLowerCase());

/**
 * Stores what was read of funded projects, in the transaction that ends the run. `before` has the topics of
 * the accepted run before: what appears under others was there already.
 */
export async function writePortalProjects(
  tx: EntityManager,
  sourceId: string,
  read: ReadProjects,
  { before, now, grace }: { before: readonly string[]; now: Date; grace: Grace },
): Promise<{ projects: number; new: number; changed: number; missing: number; gone: number }> {
  const [asked, askedBefore] = [lower(read.topics), new Set(lower(before))];
  const table = tx.getRepository(PortalProjectEntity);
  const stored = new Map((await storedOf(tx, asked, read.projects)).map((row) => [row.id, row]));
  const isUnread = (id: string): boolean => read.unread.some((reference) => reference.startsWith(id));
  const rows = read.projects.map(({ project: shown, documentHash }): PortalProjectEntity => {
    const old = stored.get(shown.id);
    // What this row does not say may stand in the one that could not be read.
    const project = old && isUnread(shown.id) ? filled(shown, old.content) : shown;
    const topics = lower(project.topics);
    const changes = old ? projectChanges(old.content, project, now.toISOString()) : [];
    return {
      id: project.id,
      sourceId,
      content: project,
      topics,
      pics: [...new Set(project.participants.map((p) => p.pic))],
      topicTitle: project.topicTitle,
      documentHash,
      isNews: old?.isNews ?? topics.some((topic) => askedBefore.has(topic)),
      firstSeenAt: old?.firstSeenAt ?? now,
      askedAt: now,
      missingSince: null,
      missingRuns: 0,
      goneAt: null,
      changes: [...(old?.changes ?? []), ...changes].slice(-MOST_CHANGES),
    };
  });
  await table.save(rows, { chunk: 200 });
  const seen = new Set(rows.map((row) => row.id));
  const absent = [...stored.values()].filter(
    ({ id, goneAt }) => goneAt === null && !seen.has(id) && !isUnread(id),
  );
  const missing = absent.map((row) => missed(row, now, grace));
  await table.save(missing, { chunk: 200 });
  await tx.query('DELETE FROM portal_project WHERE source_id = $1 AND greatest(asked_at, gone_at) < $2', [
    sourceId,
    new Date(now.getTime() - KEPT_DAYS * DAY_MS),
  ]);
  return {
    projects: rows.length,
    new: rows.filter((row) => !stored.has(row.id)).length,
    changed: rows.filter((row) => row.changes.at(-1)?.at === now.toISOString()).length,
    missing: missing.filter((row) => row.goneAt === null).length,
    gone: missing.filter((row) => row.goneAt !== null).length,
  };
}

/** Returns the stored projects of these topics, and those that were read, whatever their topics were. */
function storedOf(
  tx: EntityManager,
  topics: readonly string[],
  projects: ReadProjects['projects'],
): Promise<PortalProjectEntity[]> {
  return tx
    .createQueryBuilder(PortalProjectEntity, 'p')
    .where('p.topics && :topics OR p.id = ANY(:ids)', {
      topics,
      ids: projects.map(({ project }) => project.id),
    })
    .getMany();
}

function missed(row: PortalProjectEntity, now: Date, grace: Grace): PortalProjectEntity {
  const [since, runs] = [row.missingSince ?? now, row.missingRuns + 1];
  const isGone =
    runs >= grace.goneAfterRuns && now.getTime() - since.getTime() >= grace.goneAfterHours * HOUR_MS;
  return { ...row, askedAt: now, missingSince: since, missingRuns: runs, goneAt: isGone ? now : null };
}

@Injectable()
export class PortalProjectRepository {
  constructor(private readonly database: DataSource) {}

  /** Returns all that were ever seen, oldest first. */
  all(): Promise<PortalProjectEntity[]> {
    return this.database
      .getRepository(PortalProjectEntity)
      .find({ order: { firstSeenAt: 'ASC', id: 'ASC' } });
  }

  /** Returns how many are known of these topics that are not gone. */
  known(topics: readonly string[]): Promise<number> {
    return this.database
      .getRepository(PortalProjectEntity)
      .createQueryBuilder('p')
      .where('p.topics && :topics AND p.goneAt IS NULL', { topics: lower(topics) })
      .getCount();
  }

  /** Returns how many there are, and of how many topics. */
  async size(): Promise<{ projects: number; topics: number }> {
    const rows: { projects: number; topics: number }[] = await this.database.query(
      `SELECT count(DISTINCT p.id)::int AS projects, count(DISTINCT t)::int AS topics FROM portal_project p CROSS JOIN unnest(p.topics) t WHERE p.gone_at IS NULL`,
    );
    return rows[0]!;
  }
}
