import { DataSource } from 'typeorm';
import { Injectable } from '@nestjs/common';

import { eachInTimeSlices } from '../../kernel/time-slices.js';
import { type ClaimedProject, claimsBy } from '../domain/claims.js';
import type { HistoryProject, SchemeCount } from '../domain/history-project.js';
import type { TrackRecord } from '../../profiles/domain/track-record.js';

/** The settings key for the number of imports that changed something. */
export const LAST_IMPORT = 'history.last-import';

/** The maximum number of projects held in memory at once with all their details. */
const PAGE = 500;

const TOPICS = `(SELECT coalesce(json_agg(json_build_object('code', c.code, 'title', t.title) ORDER BY c.code), '[]')
   FROM (SELECT unnest(p.topic_codes) AS code UNION SELECT code FROM history_topic WHERE project_id = p.id) c
   LEFT JOIN history_topic t ON t.project_id = p.id AND t.code = c.code)`;
/** Columns of a project `p`. */
export const TEXT = `p.id::text AS id, p.acronym, p.title, p.objective, p.programme, p.start_on::text AS start, p.end_on::text AS "end", p.funding_scheme AS "fundingScheme",
  p.status, p.total_cost::float8 AS "totalCost", p.ec_max_contribution::float8 AS "ecMaxContribution", ${TOPICS} AS topics, ARRAY(SELECT s.title FROM history_subject s WHERE s.project_id = p.id ORDER BY s.title) AS subjects`;
/** The participants of a project `p`. */
export const PARTICIPANTS = `(SELECT coalesce(json_agg(json_build_object('pic', a.pic, 'role', a.role, 'country', a.country, 'city', a.city, 'name', a.name,
     'sme', a.sme, 'activityType', a.activity_type, 'nutsCode', a.nuts_code, 'ecContribution', a.ec_contribution, 'netEcContribution', a.net_ec_contribution,
     'totalCost', a.total_cost, 'ended', a.ended) ORDER BY a.role <> 'coordinator', a.name, a.pic, a.role), '[]') FROM history_participant a WHERE a.project_id = p.id)`;

@Injectable()
export class HistoryRepository {
  constructor(private readonly database: DataSource) {}

  /** Returns the projects that a track record claims, with the reasons, in numerical order. */
  async projectsOf(trackRecord: TrackRecord): Promise<ClaimedProject[]> {
    const pics = trackRecord.map((c) => c.pic);
    const claims = claimsBy(trackRecord);
    const claimed: ClaimedProject[] = [];
    for (let after = '0'; ;) {
      const projects = await this.ofPics(pics, after);
      // A thousand rules over thousands of projects take long.
      claimed.push(...(await eachInTimeSlices(projects, claims)).flat());
      if (projects.length < PAGE) return claimed;
      after = projects.at(-1)!.id;
    }
  }

  /** Returns how many projects any of these numbers takes part in, not counting those it left. */
  async countOf(pics: string[]): Promise<number> {
    const [found]: { n: number }[] = await this.database.query(
      'SELECT count(DISTINCT project_id)::int AS n FROM history_participant WHERE pic = ANY($1) AND ended IS NOT TRUE',
      [pics],
    );
    return found!.n;
  }

  /** Returns the number of projects, of active participations, and of those that ended early. */
  async size(): Promise<{ projects: number; participants: number; ended: number }> {
    const [found]: { projects: number; participants: number; ended: number }[] = await this.database.query(
      `SELECT (SELECT count(*)::int FROM history_project) AS projects, count(*) FILTER (WHERE ended IS NOT TRUE)::int AS participants,
              count(*) FILTER (WHERE ended)::int AS ended FROM history_participant`,
    );
    return found!;
  }

  /** Returns the number of projects of each funding scheme, as CORDIS writes it. */
  async schemes(): Promise<SchemeCount[]> {
    return this.database.query(
      'SELECT funding_scheme AS scheme, count(*)::int AS projects FROM history_project GROUP BY funding_scheme',
    );
  }

  /** Returns a number that grows with each import that changed something; 0 before the first. */
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
