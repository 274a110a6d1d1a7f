import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { claimedProjects, type ClaimedProject } from '../domain/claims.js';
import type { HistoryProject, ProjectText } from '../domain/history-project.js';
import type { SchemeCount } from '../domain/scheme-count.js';
import type { TrackRecord } from '../../profiles/domain/index.js';

/** How many imports have changed something, among the values of the installation. */
export const LAST_IMPORT = 'history.last-import';

/** So many projects are held at once with all that is said of them. */
const PAGE = 500;

/** An organisation that takes part in some projects, and in how many. */
export interface Partner {
  pic: string;
  name: string;
  country: string;
  projects: number;
}

const TOPICS = `(SELECT coalesce(json_agg(json_build_object('code', c.code, 'title', t.title) ORDER BY c.code), '[]')
   FROM (SELECT unnest(p.topic_codes) AS code UNION SELECT code FROM history_topic WHERE project_id = p.id) c
   LEFT JOIN history_topic t ON t.project_id = p.id AND t.code = c.code)`;
const TEXT = `p.id::text AS id, p.acronym, p.title, p.objective, p.programme, p.start_on::text AS start, p.end_on::text AS "end", p.funding_scheme AS "fundingScheme",
  p.status, p.total_cost::float8 AS "totalCost", p.ec_max_contribution::float8 AS "ecMaxContribution", ${TOPICS} AS topics, ARRAY(SELECT s.title FROM history_subject s WHERE s.project_id = p.id ORDER BY s.title) AS subjects`;
const PARTICIPANTS = `(SELECT coalesce(json_agg(json_build_object('pic', a.pic, 'role', a.role, 'country', a.country, 'city', a.city, 'name', a.name,
     'sme', a.sme, 'activityType', a.activity_type, 'nutsCode', a.nuts_code, 'ecContribution', a.ec_contribution, 'netEcContribution', a.net_ec_contribution,
     'totalCost', a.total_cost, 'ended', a.ended) ORDER BY a.role <> 'coordinator', a.name, a.pic, a.role), '[]') FROM history_participant a WHERE a.project_id = p.id)`;

/** Projects that were funded. */
@Injectable()
export class HistoryRepository {
  constructor(private readonly database: DataSource) {}

  /** The projects that a track record claims, each with why, by number. */
  async projectsOf(trackRecord: TrackRecord): Promise<ClaimedProject[]> {
    const pics = trackRecord.map((c) => c.pic);
    const claimed: ClaimedProject[] = [];
    for (let after = '0'; ;) {
      const projects = await this.ofPics(pics, after);
      claimed.push(...claimedProjects(trackRecord, projects));
      if (projects.length < PAGE) return claimed;
      after = projects.at(-1)!.id;
    }
  }

  /** How many projects there are in which one of these numbers takes part, those that it left not counted. */
  async countOf(pics: string[]): Promise<number> {
    const [found]: { n: number }[] = await this.database.query(
      'SELECT count(DISTINCT project_id)::int AS n FROM history_participant WHERE pic = ANY($1) AND ended IS NOT TRUE',
      [pics],
    );
    return found!.n;
  }

  /**
   * Who takes part in these projects and has not left them, the most frequent first, under the name and
   * country of the last of them.
   */
  async partnersOf(projectIds: string[]): Promise<Partner[]> {
    return this.database.query(
      `SELECT pic, (array_agg(name ORDER BY project_id DESC, role))[1] AS name, (array_agg(country ORDER BY project_id DESC, role))[1] AS country, count(DISTINCT project_id)::int AS projects
         FROM history_participant WHERE project_id = ANY($1::bigint[]) AND ended IS NOT TRUE GROUP BY pic ORDER BY projects DESC, pic`,
      [projectIds],
    );
  }

  /** How many there are of each, and how many participations ended before their project. */
  async size(): Promise<{ projects: number; participants: number; ended: number }> {
    const [found]: { projects: number; participants: number; ended: number }[] = await this.database.query(
      `SELECT (SELECT count(*)::int FROM history_project) AS projects, count(*) FILTER (WHERE ended IS NOT TRUE)::int AS participants,
              count(*) FILTER (WHERE ended)::int AS ended FROM history_participant`,
    );
    return found!;
  }

  /** How many projects there are of each funding scheme, as CORDIS writes it. */
  async schemes(): Promise<SchemeCount[]> {
    return this.database.query(
      'SELECT funding_scheme AS scheme, count(*)::int AS projects FROM history_project GROUP BY funding_scheme',
    );
  }

  /** The next projects by number, without who took part; from the first one where `id` is null. */
  async projectsAfter(id: string | null, limit: number): Promise<ProjectText[]> {
    return this.database.query(
      `SELECT ${TEXT} FROM history_project p WHERE p.id > $1 ORDER BY p.id LIMIT $2`,
      [id ?? '0', limit],
    );
  }

  /** A number that grows with each import that changed something; 0 before the first. */
  async lastImport(): Promise<number> {
    const rows: { value: number }[] = await this.database.query('SELECT value FROM setting WHERE key = $1', [
      LAST_IMPORT,
    ]);
    return rows[0]?.value ?? 0;
  }

  private async ofPics(pics: string[], after: string): Promise<HistoryProject[]> {
    return this.database.query(
      `SELECT ${TEXT}, ${PARTICIPANTS} AS participants FROM history_project p
        WHERE p.id IN (SELECT DISTINCT project_id FROM history_participant WHERE pic = ANY($1) AND project_id > $2 ORDER BY project_id LIMIT $3) ORDER BY p.id`,
      [pics, after, PAGE],
    );
  }
}
