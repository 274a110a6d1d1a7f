import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { HistoryProject } from '../domain/history-project.js';
import type { PortalProject } from '../domain/portal-project.js';
import { quotedLexeme } from '../../platform/database/values.js';
import { PARTICIPANTS, TEXT } from './history.repository.js';

export interface KnownTopic {
  code: string;
  title: string | null;
}

/** Topics that have projects, by either source. `$1` is what they are looked up by. */
const topicsWhere = (cordis: string, portal: string, limit: string): string =>
  `SELECT DISTINCT ON (lower(code)) code, title FROM (
     (SELECT code, title FROM history_topic t WHERE ${cordis} ${limit})
     UNION ALL (SELECT content->'topics'->>0, topic_title FROM portal_project t WHERE gone_at IS NULL AND ${portal} ${limit})) known
    ORDER BY lower(code), title NULLS LAST`;

/** A title in common words would find thousands; of some topics there are more than these projects each. */
const OF_WORDS = 'LIMIT 2000';
/** The most topics on the same subject. */
const MOST_NEAR = 5;
/** A topic on the same subject has this many of the call's distinctive words in its title. */
const FEWEST_WORDS = 2;
/** The most projects of related topics that are looked at, the newest of each source. */
const MOST_PROJECTS = 200;
/** The most projects per organisation that are looked at for what it did with the network. */
const MOST_SHARED = 20;

const TITLE = (column: string): string => `to_tsvector('english'::regconfig, ${column})`;

/** The funded projects of topics, from the files of CORDIS and from the portal's index. */
@Injectable()
export class WonProjectRepository {
  constructor(private readonly database: DataSource) {}

  /** Whether any project is known: neither source is read unless somebody turns it on or imports it. */
  async any(): Promise<boolean> {
    const [row]: [{ any: boolean }] = await this.database.query(
      'SELECT EXISTS (SELECT FROM portal_project) OR EXISTS (SELECT FROM history_project) AS any',
    );
    return row.any;
  }

  topics(codes: readonly string[]): Promise<KnownTopic[]> {
    const lower = codes.map((code) => code.toLowerCase());
    return this.database.query(topicsWhere('lower(t.code) = ANY($1)', 't.topics && $1', ''), [lower]);
  }

  /** Returns the topics whose titles have all words of a title. */
  titled(words: string): Promise<KnownTopic[]> {
    const has = (column: string) => `${TITLE(column)} @@ plainto_tsquery('english', $1)`;
    return this.database.query(topicsWhere(has('t.title'), has('t.topic_title'), OF_WORDS), [words]);
  }

  /** Returns the topics whose titles have most of these words, by how much the words say. */
  near(words: readonly { lexeme: string; weight: number }[]): Promise<KnownTopic[]> {
    const has = (column: string) => `${TITLE(column)} @@ w.lexeme::tsquery`;
    return this.database.query(
      `SELECT min(f.code) AS code, min(f.title) AS title FROM unnest($1::text[], $2::float8[]) AS w(lexeme, weight)
         CROSS JOIN LATERAL (${topicsWhere(has('t.title'), has('t.topic_title'), OF_WORDS)}) f
        GROUP BY lower(f.code) HAVING count(*) >= ${FEWEST_WORDS} ORDER BY sum(w.weight) DESC, 1 LIMIT ${MOST_NEAR}`,
      [words.map((w) => quotedLexeme(w.lexeme)), words.map((w) => w.weight)],
    );
  }

  /** Returns the newest projects of these topics by the portal's index, and when it was last asked. */
  async inPortal(codes: readonly string[]): Promise<{ projects: PortalProject[]; asOf: Date | null }> {
    const rows: { content: PortalProject; asked: Date }[] = await this.database.query(
      `SELECT content, asked_at AS asked FROM portal_project WHERE topics && $1 AND gone_at IS NULL
        ORDER BY coalesce(content->>'start', content->>'signedOn') DESC NULLS LAST, id LIMIT ${MOST_PROJECTS}`,
      [codes.map((code) => code.toLowerCase())],
    );
    const asked = rows.map((r) => r.asked.getTime());
    return {
      projects: rows.map((r) => r.content),
      asOf: asked.length ? new Date(Math.max(...asked)) : null,
    };
  }

  /** Returns the newest projects of these topics by the files of CORDIS. */
  inCordis(codes: readonly string[]): Promise<HistoryProject[]> {
    return this.database.query(
      `SELECT ${TEXT}, ${PARTICIPANTS} AS participants FROM history_project p
        WHERE p.id IN (SELECT project_id FROM history_topic WHERE lower(code) = ANY($1) UNION SELECT id FROM history_project WHERE topic_codes && $2)
        ORDER BY p.start_on DESC NULLS LAST, p.id LIMIT ${MOST_PROJECTS}`,
      [codes.map((code) => code.toLowerCase()), [...codes]],
    );
  }

  /**
   * Returns the newest projects that organisations have with any of `others`, by both sources. One that both
   * have is taken from CORDIS, where newer ones have higher numbers: in that order the index has them.
   */
  async shared(pics: readonly string[], others: readonly string[]): Promise<HistoryProject[]> {
    const cordis: HistoryProject[] = await this.database.query(
      `SELECT ${TEXT}, ${PARTICIPANTS} AS participants FROM history_project p WHERE p.id IN (
         SELECT s.id FROM unnest($1::text[]) AS asked(pic) CROSS JOIN LATERAL (
           SELECT a.project_id AS id FROM history_participant a WHERE a.pic = asked.pic AND a.ended IS NOT TRUE
              AND EXISTS (SELECT FROM history_participant b WHERE b.project_id = a.project_id AND b.pic = ANY($2) AND b.pic <> a.pic)
            ORDER BY a.project_id DESC LIMIT ${MOST_SHARED}) s)`,
      [pics, others],
    );
    const portal: { content: PortalProject }[] = await this.database.query(
      `SELECT DISTINCT ON (p.id) p.content FROM unnest($1::text[]) AS asked(pic) CROSS JOIN LATERAL (
         SELECT id, content FROM portal_project WHERE pics @> ARRAY[asked.pic] AND pics && $2 AND gone_at IS NULL
          ORDER BY coalesce(content->>'start', content->>'signedOn') DESC NULLS LAST, id LIMIT ${MOST_SHARED}) p ORDER BY p.id`,
      [pics, others],
    );
    const known = new Set(cordis.map((p) => p.id));
    return [
      ...cordis,
      ...portal.filter(({ content }) => !known.has(content.id)).map(({ content }) => asInCordis(content)),
    ];
  }
}

/** What claims of institutes look at in a project. */
const asInCordis = (project: PortalProject): HistoryProject => ({
  ...project,
  acronym: project.acronym ?? project.id,
  title: project.title ?? '',
  topics: project.topics.map((code, i) => ({ code, title: i === 0 ? project.topicTitle : null })),
  programme: project.programme ?? '',
  fundingScheme: null,
  ecMaxContribution: project.contribution,
  subjects: [],
  participants: project.participants.map(({ pic, role, name, country, city, contribution }) => ({
    pic,
    role,
    name: name ?? pic,
    country: country ?? '',
    city,
    sme: null,
    activityType: null,
    nutsCode: null,
    ecContribution: contribution,
    netEcContribution: null,
    totalCost: null,
    ended: null,
  })),
});
