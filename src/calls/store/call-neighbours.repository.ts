import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CallContent, Summary } from '../domain/call-content.js';
import { callOfTopic, parentTopicOf, isEdition, otherYears, titleWords } from '../domain/related-calls.js';
import { namesOf, partnershipPlace, type PartnershipRound, partnershipRound } from '../domain/partnership.js';
import { wordsOnly } from '../domain/searched-text.js';
import type { StatusFacts } from '../domain/status.js';
import { quotedLexeme } from '../../platform/database/values.js';
import { liveSql } from './call-filter.js';

/** A call related to another one: everything but its text. */
export interface Neighbour extends StatusFacts {
  id: string;
  content: Summary;
}

interface Origin {
  id: string;
  content: CallContent;
}

/** The same with its text. */
export type WholeNeighbour = Neighbour & Origin;
interface Lexeme {
  lexeme: string;
  times: number;
  first: number;
  share: number;
}

const COLUMNS = `call.id, call.summary AS content, call.opens_at AS "opensAt", call.last_deadline_at AS "lastDeadlineAt",
  call.source_status AS "sourceStatus", call.withdrawn_at AS "withdrawnAt"`;
/** The largest calls of Horizon Europe have about thirty topics. */
const MOST_SISTERS = 60;
const MOST = 10;
/** The most candidates per list: titles in common words would match thousands. */
const MOST_LOOKED_AT = 200;
/** A partnership has a call or two a year, which some ten French funders announce. */
const MOST_OF_PARTNERSHIP = 60;
/** A word in more than this share of the calls does not distinguish one. */
const COMMON = 0.05;
/** How many of a call's rarest words to search by; a similar call must contain two of them. */
const WORDS = 10;
/** A call's first words up to here are roughly its title's. */
const IN_TITLE = 25;

/** Combines how often the word occurs, whether it is in the title, and how rare it is. */
const weightOf = ({ times, first, share }: Lexeme): number =>
  Math.log(1 + times) * (first <= IN_TITLE ? 3 : 1) * Math.log(1 / share);

/**
 * Finds a call's sister topics, its other editions, and similar calls. Each list uses an index: with 50,000
 * calls whose texts are as long as the portal's, sisters and editions took 5 to 80 ms, similar ones 10 to 215
 * ms.
 */
@Injectable()
export class CallNeighbours {
  constructor(private readonly database: DataSource) {}

  /**
   * Returns the topic that funded a cascade call's project; null for other calls, and if we do not have it.
   */
  async parent({ content }: Origin): Promise<Neighbour | null> {
    const identifier = parentTopicOf(content)?.identifier ?? null;
    if (identifier === null) return null;
    // Cascade calls have no identifier key, so this finds none of its siblings.
    const rows: Neighbour[] = await this.database.query(
      `SELECT ${COLUMNS} FROM call WHERE call.identity_keys && $1::text[] ORDER BY call.summary->>'language' = $2 DESC, call.id LIMIT 1`,
      [[`identifier ${identifier.toLowerCase()}`], content.language],
    );
    return rows[0] ?? null;
  }

  /** Returns the layers of a partnership's joint call that are known here; null for any other call. */
  async partnership(origin: WholeNeighbour): Promise<PartnershipRound<WholeNeighbour> | null> {
    const place = partnershipPlace(origin.content);
    if (!place) return null;
    const others: WholeNeighbour[] = await this.database.query(
      `SELECT call.id, call.content, call.opens_at AS "opensAt", call.last_deadline_at AS "lastDeadlineAt", call.source_status AS "sourceStatus", call.withdrawn_at AS "withdrawnAt"
         FROM call WHERE call.id <> $2 AND call.withdrawn_at IS NULL AND call.words @@ ANY(SELECT phraseto_tsquery('simple', name) FROM unnest($1::text[]) AS name)
        ORDER BY call.last_deadline_at DESC NULLS LAST, call.id LIMIT ${MOST_OF_PARTNERSHIP}`,
      [namesOf(place.name).map(wordsOnly), origin.id],
    );
    return partnershipRound(origin, others);
  }

  /** Returns the other topics of the same call, by identifier. */
  async sisters({ id, content }: Origin): Promise<Neighbour[]> {
    const call = callOfTopic(content);
    if (call === null) return [];
    return this.database.query(
      `SELECT ${COLUMNS} FROM call WHERE call.summary->>'callIdentifier' = $1 AND call.summary->>'kind' <> 'cascade' AND call.id <> $2 AND call.summary->>'language' = $3 ORDER BY call.summary->>'identifier', call.id LIMIT ${MOST_SISTERS}`,
      [call, id, content.language],
    );
  }

  /** Returns the same call in other years, including closed ones, newest first. */
  async editions({ id, content }: Origin): Promise<Neighbour[]> {
    // A project runs several a year, under the same title or merely numbered titles.
    if (content.kind === 'cascade') return [];
    const keys = otherYears(content.identifier).map((i) => `identifier ${i.toLowerCase()}`);
    const title = titleWords(content.title).join(' ');
    const rows: Neighbour[] = await this.database.query(
      `SELECT ${COLUMNS} FROM call WHERE call.id <> $3 AND call.id IN (
         (SELECT k.id FROM call k WHERE k.identity_keys && $1::text[])
         UNION (SELECT t.id FROM call t WHERE $2 <> '' AND t.search @@ plainto_tsquery('english', $2) LIMIT ${MOST_LOOKED_AT}))`,
      [keys, title, id],
    );
    const newest = (n: Neighbour): number => n.lastDeadlineAt?.getTime() ?? 0;
    return rows
      .filter((n) => isEdition(content, n.content))
      .sort((a, b) => newest(b) - newest(a))
      .slice(0, MOST);
  }

  /**
   * Returns live calls on the same subject: those that contain most of its rarest words, from other calls
   * than its own. Word rarity comes from the database's statistics for the column: counting over all calls
   * would take longer than the search. `over`: those that have ended instead.
   */
  async similar({ id, content }: Origin, now: Date, which: 'live' | 'over' = 'live'): Promise<Neighbour[]> {
    const words = await this.preferenceWords(id);
    if (words.length < 2) return [];
    // The calls of each word come straight from the index; reading the words of every call found would take
    // ten times as long.
    const rows: (Neighbour & { shared: number })[] = await this.database.query(
      `SELECT ${COLUMNS}, f.shared FROM (
         SELECT found.id, sum(w.weight) AS shared FROM unnest($1::text[], $2::float8[]) AS w(lexeme, weight)
          CROSS JOIN LATERAL (SELECT call.id FROM call WHERE call.search @@ w.lexeme::tsquery AND call.id <> $3 AND ${which === 'live' ? liveSql('$4') : 'call.last_deadline_at <= $4'} OFFSET 0) found
          GROUP BY found.id HAVING count(*) > 1 ORDER BY shared DESC, found.id LIMIT ${MOST * 8}) f
         JOIN call ON call.id = f.id ORDER BY f.shared DESC, call.id`,
      [words.map((w) => quotedLexeme(w.lexeme)), words.map(weightOf), id, now],
    );
    const call = callOfTopic(content);
    const foreign = (n: Neighbour): boolean => call === null || callOfTopic(n.content) !== call;
    return rows
      .filter((n) => n.content.language === content.language && foreign(n) && !isEdition(content, n.content))
      .slice(0, MOST)
      .map(({ shared: _, ...n }) => n);
  }

  /** Returns the stems of the words that best distinguish a call, with how much each says. */
  async distinctiveWords(id: string): Promise<{ lexeme: string; weight: number }[]> {
    return (await this.preferenceWords(id)).map((w) => ({ lexeme: w.lexeme, weight: weightOf(w) }));
  }

  /**
   * Returns the words that best distinguish a call, most distinctive first. Numbers and single letters do not
   * count. Before the database has statistics, every word counts as rare.
   */
  private async preferenceWords(id: string): Promise<Lexeme[]> {
    const rows: Lexeme[] = await this.database.query(
      `WITH common AS (
         SELECT e.lexeme, e.share FROM pg_stats s, unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs[1:array_length(s.most_common_elems::text::text[], 1)]) AS e(lexeme, share)
          WHERE s.schemaname = current_schema() AND s.tablename = 'call' AND s.attname = 'search'),
       rarest AS (SELECT coalesce(min(share), 0.001) AS share FROM common)
       SELECT u.lexeme, array_length(u.positions, 1) AS times, u.positions[1] AS first, coalesce(c.share, r.share)::float8 AS share
         FROM call CROSS JOIN rarest r, unnest(call.search) u LEFT JOIN common c ON c.lexeme = u.lexeme
        WHERE call.id = $1 AND u.lexeme ~ '^[a-z\\u00df-\\u00ff\\u0153]{3,}$' AND coalesce(c.share, 0) <= ${COMMON} AND (array_length(u.positions, 1) > 1 OR u.positions[1] <= ${IN_TITLE})`,
      [id],
    );
    return rows.sort((a, b) => weightOf(b) - weightOf(a)).slice(0, WORDS);
  }
}
