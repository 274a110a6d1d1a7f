import { Column, DataSource, Entity, type EntityManager, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { PersonEntity } from '../../access/store/person.entity.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { lockProfile } from '../../profiles/store/profile.repository.js';
import { decided } from '../../decisions/domain/decision.js';
import { reviewedOf, ReviewEntity } from '../../decisions/store/review.repository.js';
import { type FoundCall, lostOf } from '../domain/find-call.js';
import type { SheetLine } from '../domain/line.js';
import { grouped } from '../../kernel/collections.js';
import { inTimeSlices } from '../../kernel/time-slices.js';
import type { SheetNote } from '../domain/task-text.js';
import { titleKey } from '../../calls/domain/related-calls.js';
import type { Standing, Writes } from '../domain/plan.js';
import { brusselsDay } from '../domain/table.js';
import { type Importer, SheetBidRepository } from './sheet-bid.repository.js';

/** A sheet that somebody has sent and not yet confirmed; their next one replaces it. */
@Entity('waiting_sheet')
@Index('waiting_sheet_profile', ['profileId'])
class WaitingSheetEntity {
  @ForeignKey(() => PersonEntity, 'id', { name: 'waiting_sheet_person_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'person_id' })
  personId: string;
  @ForeignKey(() => ProfileEntity, 'id', { name: 'waiting_sheet_profile_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'profile_id' })
  profileId: string;
  @Column('jsonb') sheet: unknown;
  @Column('timestamptz', { name: 'sent_at' }) sentAt: Date;
}

/**
 * How lines of a sheet name calls other than by our own keys. Identifiers are upper case, titles normalised
 * by `titleKey`.
 */
interface Named {
  identifiers: string[];
  links: string[];
  titles: string[];
}
export interface Applied {
  verdicts: number;
  notes: number;
  opportunities: number;
}

interface Found {
  id: string;
  identifier: string | null;
  title: string;
  language: string;
  url: string | null;
  deadlines: { at: string }[];
}

const COLUMNS = `id, content->>'identifier' AS identifier, content->>'title' AS title, content->>'language' AS language, content->>'url' AS url, content->'deadlines' AS deadlines`;
/** The domain's `titleKey` in SQL, as in the index. */
const TITLE_KEY = `trim(regexp_replace(lower(content->>'title'), '[^[:alnum:]]+', ' ', 'g'))`;
const MOST_NEIGHBOURS = 1_000;
/** Programme, part and year: the prefix shared by the topics of a call. */
const SAME_PARTS = 3;
/** The year and number at the end: `-2027-01`. */
const SAME_END = 8;

export const distinct = (values: (string | null)[]): string[] => [
  ...new Set(values.filter((v) => v !== null)),
];

const namedBy = (lines: SheetLine[]): Named => ({
  identifiers: distinct(lines.flatMap((l) => l.identifiers)),
  links: distinct(lines.map((l) => l.link)),
  titles: distinct(lines.map((l) => l.title && titleKey(l.title))),
});

const foundCall = ({ deadlines, ...call }: Found): FoundCall => ({
  ...call,
  days: deadlines.map((d) => brusselsDay(d.at).toISOString().slice(0, 10)),
});

/** The state of a call, and the version that the verdict is about. */
type Stands = Standing & { version: number; review: ReviewEntity | null };

/** Compares an officer's sheet with the stored data, and writes it. */
@Injectable()
export class SheetImportRepository {
  constructor(
    private readonly database: DataSource,
    private readonly bids: SheetBidRepository,
  ) {}

  /** Stores a person's sheet in place of their last one. */
  async keep(waiting: WaitingSheetEntity): Promise<void> {
    await this.database.getRepository(WaitingSheetEntity).upsert(waiting as never, ['personId']);
  }

  async waiting(profileId: string, personId: string): Promise<unknown> {
    const found = await this.database.getRepository(WaitingSheetEntity).findOneBy({ profileId, personId });
    return found?.sheet ?? null;
  }

  async drop(profileId: string, personId: string): Promise<void> {
    await this.database.getRepository(WaitingSheetEntity).delete({ profileId, personId });
  }

  /** Returns the calls that lines name, in any way. */
  async named(lines: SheetLine[]): Promise<FoundCall[]> {
    const identities = [
      ...lines.flatMap((l) => l.identifiers).map((id) => `identifier ${id.toLowerCase()}`),
      ...lines.flatMap((l) => l.pages),
    ];
    const byKey = await this.byKey(distinct(lines.map((l) => l.key)), distinct(identities));
    const byContent = await this.byContent(namedBy(await inTimeSlices(lostOf(lines, byKey))));
    return [...new Map([...byKey, ...byContent].map((c) => [c.id, c])).values()];
  }

  /** Returns calls by our keys and by identity keys: identifiers and pages. */
  async byKey(keys: string[], identities: string[]): Promise<FoundCall[]> {
    const found: Found[] = await this.database.query(
      `SELECT ${COLUMNS} FROM call WHERE id = ANY($1::uuid[]) OR identity_keys && $2`,
      [keys, identities],
    );
    return found.map(foundCall);
  }

  /**
   * Returns calls by what identity keys do not contain: a URL, a title, and the identifier of a cascade call,
   * which is its parent's.
   */
  async byContent({ identifiers, links, titles }: Named): Promise<FoundCall[]> {
    if (identifiers.length + links.length + titles.length === 0) return [];
    // One index at a time: testing all three conditions together would unpack every call.
    const found: Found[] = await this.database.query(
      `SELECT ${COLUMNS} FROM call WHERE id IN (
         SELECT id FROM call JOIN unnest($1::text[]) named ON upper(content->>'identifier') = named
         UNION SELECT id FROM call JOIN unnest($2::text[]) named ON content->>'url' = named
         UNION SELECT id FROM call JOIN unnest($3::text[]) named ON ${TITLE_KEY} = named)`,
      [identifiers, links, titles],
    );
    return found.map(foundCall);
  }

  /** Returns identifiers with the same start or end, for those not found: a typo is in only one half. */
  async neighbours(identifiers: string[]): Promise<string[]> {
    if (identifiers.length === 0) return [];
    const starts = identifiers.map(
      (id) => `identifier ${id.split('-').slice(0, SAME_PARTS).join('-').toLowerCase()}`,
    );
    const ends = identifiers.map((id) => id.slice(-SAME_END).toLowerCase());
    const rows: { identifier: string }[] = await this.database.query(
      `SELECT DISTINCT content->>'identifier' AS identifier FROM call WHERE EXISTS (SELECT 1 FROM unnest(identity_keys) k WHERE starts_with(k, 'identifier ')
          AND (right(k, ${SAME_END}) = ANY($2) OR EXISTS (SELECT 1 FROM unnest($1::text[]) s WHERE starts_with(k, s)))) ORDER BY 1 LIMIT ${MOST_NEIGHBOURS}`,
      [starts, ends],
    );
    return rows.map((r) => r.identifier);
  }

  /** Returns an institute's data on these calls, by call. */
  standing(profileId: string, callIds: string[]): Promise<Map<string, Standing>> {
    return this.read(this.database.manager, profileId, callIds);
  }

  /**
   * Writes what `plan` returns for the current state, all or nothing. A sheet sent twice at once is applied
   * once; the second time it has nothing new.
   */
  async apply(
    profileId: string,
    callIds: string[],
    by: Importer,
    plan: (standing: Map<string, Standing>) => Promise<Writes>,
  ): Promise<Applied> {
    return this.database.transaction(async (tx) => {
      await lockProfile(tx, profileId);
      const standing = await this.read(tx, profileId, callIds);
      const writes = await plan(standing);
      return {
        verdicts: await decide(tx, profileId, writes, standing, by),
        notes: await note(tx, profileId, writes, by),
        opportunities: await this.bids.write(tx, profileId, writes, by),
      };
    });
  }

  private async read(tx: EntityManager, profileId: string, callIds: string[]): Promise<Map<string, Stands>> {
    const calls: { id: string; version: number }[] = await tx.query(
      'SELECT id, version FROM call WHERE id = ANY($1)',
      [callIds],
    );
    const reviews = await tx
      .createQueryBuilder(ReviewEntity, 'r')
      .where('r.profile_id = :profileId AND r.call_id = ANY(:callIds)', { profileId, callIds })
      .getMany();
    const notes: (SheetNote & { callId: string })[] = await tx.query(
      `SELECT call_id AS "callId", author, text, created_at AS "createdAt" FROM note WHERE profile_id = $1 AND call_id = ANY($2) ORDER BY created_at, id`,
      [profileId, callIds],
    );
    const bids = await this.bids.standing(tx, profileId, callIds);
    const [reviewOf, notesOf] = [
      new Map(reviews.map((r) => [r.callId, r])),
      grouped(notes, (n) => [n.callId]),
    ];
    return new Map(
      calls.map(({ id, version }) => {
        const review = reviewOf.get(id) ?? null;
        return [
          id,
          {
            version,
            review,
            verdict: review?.verdict ?? null,
            reason: review?.reason ?? null,
            until: review?.until ?? null,
            verdictBy: review?.verdictBy ?? null,
            notes: notesOf.get(id) ?? [],
            opportunity: bids.get(id)?.state ?? null,
            touched: bids.get(id)?.touched ?? false,
          },
        ];
      }),
    );
  }
}

/** Returns how many were written: a decision made by somebody else at the same time is kept. */
async function decide(
  tx: EntityManager,
  profileId: string,
  { decisions }: Writes,
  standing: Map<string, Stands>,
  by: Importer,
): Promise<number> {
  const rows = decisions.map(({ callId, verdict, reason, until }) => {
    const { version, review } = standing.get(callId)!;
    return { call: callId, ...decided(reviewedOf(review), { verdict, reason, until }, version, by) };
  });
  const written: unknown[] = await tx.query(
    `INSERT INTO review (profile_id, call_id, verdict, reason, later_until, verdict_by, verdict_by_id, verdict_by_link, verdict_at, verdict_version, previous)
     SELECT $2, r.call, r.verdict, r.reason, r.until, r."verdictBy", r."verdictById", r."verdictByLink", r."verdictAt", r."verdictVersion", r.previous
       FROM jsonb_to_recordset($1) AS r(call uuid, verdict text, reason text, until date, "verdictBy" text, "verdictById" uuid, "verdictByLink" boolean, "verdictAt" timestamptz, "verdictVersion" int, previous jsonb)
     ON CONFLICT (profile_id, call_id) DO UPDATE SET verdict = excluded.verdict, reason = excluded.reason, later_until = excluded.later_until, verdict_by = excluded.verdict_by, verdict_by_id = excluded.verdict_by_id, verdict_by_link = excluded.verdict_by_link,
       verdict_at = excluded.verdict_at, verdict_version = excluded.verdict_version, previous = excluded.previous
       WHERE review.verdict IS NOT DISTINCT FROM excluded.previous->>'verdict' RETURNING call_id`,
    [JSON.stringify(rows), profileId],
  );
  return written.length;
}

async function note(tx: EntityManager, profileId: string, { notes }: Writes, by: Importer): Promise<number> {
  const rows = notes.map(({ callId, text }) => ({ id: randomUUID(), call: callId, text }));
  await tx.query(
    `INSERT INTO note (id, profile_id, call_id, author, person_id, text, created_at)
     SELECT n.id, $2, n.call, $3, $4, n.text, $5 FROM jsonb_to_recordset($1) AS n(id uuid, call uuid, text text)`,
    [JSON.stringify(rows), profileId, by.name, by.personId, by.at],
  );
  return rows.length;
}
