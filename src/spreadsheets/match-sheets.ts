import { Injectable } from '@nestjs/common';
import type { UnresolvedFilter } from '../calls/domain/searched-text.js';
import type { StatedTotal } from '../calls/domain/page/budget-comparison.js';
import type { MatchScore } from '../matching/domain/scoring/match.js';
import { labelsIn } from '../profiles/domain/names-in.js';
import { type Preferences, unmetPreferences } from '../profiles/domain/preferences.js';
import type { InboxFilter } from '../decisions/domain/inbox-filters.js';
import type { OpportunityState } from '../pipeline/domain/state.js';
import { OpportunityRepository } from '../pipeline/store/opportunity.repository.js';
import { stateOf } from '../pipeline/store/opportunity-state.js';
import { MatchOfCall } from '../matching/match-of-call.js';
import { CallFinder } from '../matching/call-finder.js';
import { CallFitRepository } from '../matching/store/match.repository.js';
import { InboxRepository, type InboxRow } from '../decisions/store/inbox.repository.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { translateTo } from '../i18n/translate.js';
import type { Language } from '../kernel/language.js';
import { eachInTimeSlices } from '../kernel/time-slices.js';
import { MATCH_COLUMNS, type Audience, type MatchRow } from './domain/match-columns.js';
import { OPPORTUNITY_COLUMNS } from './domain/pipeline-columns.js';
import { PROPOSAL_COLUMNS } from './domain/proposal-columns.js';
import type { Names } from './domain/task-text.js';
import { type Reader, tableOf } from './domain/table.js';
import { SheetRepository, type Beside } from './store/sheet.repository.js';
import { MOST_ROWS, type Made } from './download.js';
import { SheetReaders } from './sheet-readers.js';

const NO_MATCH: MatchScore = { score: 0, competences: [], evidence: [] };

/** The data in addition to the inbox row. */
interface Told {
  opportunity: OpportunityState | null;
  people: Names;
  beside: Beside;
  total: StatedTotal;
  preferences: Preferences | undefined;
  match: MatchScore;
  now: Date;
}

function matchRow(
  { call, score, review, changed }: InboxRow,
  { opportunity, people, beside, total, preferences, match, now }: Told,
): MatchRow {
  const {
    verdict = null,
    reason = null,
    until = null,
    verdictBy = null,
    verdictAt = null,
    seenVersion = null,
  } = review ?? {};
  return {
    call: { ...call, firstSeenAt: beside.firstSeenAt, total },
    score,
    match,
    unmet: unmetPreferences(preferences, call.content, now),
    isNew: verdict === null && seenVersion === null,
    isChanged: changed,
    verdict,
    reason,
    until,
    verdictBy,
    verdictAt,
    notes: beside.notes,
    asked: beside.asked,
    opportunity,
    people,
    comments: beside.comments,
  };
}

/** An institute's lists as tables. */
@Injectable()
export class MatchSheets {
  constructor(
    private readonly inbox: InboxRepository,
    private readonly fit: CallFitRepository,
    private readonly matchOfCall: MatchOfCall,
    private readonly sheets: SheetRepository,
    private readonly pipeline: OpportunityRepository,
    private readonly profiles: ProfileRepository,
    private readonly readers: SheetReaders,
    private readonly finder: CallFinder,
  ) {}

  /**
   * Returns the inbox as filtered, with the columns for the audience, in display order. Throws if there is no
   * such institute.
   */
  async matches(
    profileId: string,
    audience: Audience,
    asked: UnresolvedFilter<InboxFilter>,
    language: Language,
  ): Promise<Made> {
    const { name, preferences, competences } = (await this.profiles.get(profileId)).content;
    const reader = this.readers.reading(language);
    const filter = await this.finder.resolve(asked);
    const scope = {
      profileId,
      inside: audience !== 'network',
      minScore: this.readers.minScore,
      now: reader.now,
    };
    const { rows } = await this.inbox.page(filter, scope, MOST_ROWS, null);
    const beside = await this.sheets.beside(
      profileId,
      rows.map((r) => r.call.id),
    );
    const totals = await this.fit.statedTotals(rows.map((r) => r.call));
    const matches = await this.matchOfCall.named(rows, labelsIn(competences, language));
    const bids = scope.inside
      ? await this.bidsOf(
          profileId,
          rows.map((r) => r.call.id),
        )
      : new Map<string, never>();
    const people = scope.inside ? await this.sheets.people(profileId) : new Map<string, never>();
    const lines = await eachInTimeSlices(
      rows.filter(({ call }) => beside.has(call.id)),
      (row) =>
        matchRow(row, {
          opportunity: bids.get(row.call.id) ?? null,
          people,
          beside: beside.get(row.call.id)!,
          total: totals.get(row.call.id) ?? 'topic',
          preferences,
          match: matches.get(row.call.id) ?? NO_MATCH,
          now: reader.now,
        }),
    );
    const total =
      rows.length < MOST_ROWS
        ? rows.length
        : (await this.inbox.counts({ ...filter, state: 'all' }, scope))[filter.state];
    return {
      table: await tableOf(
        `${translateTo(language)('layout.calls')} ${name}`,
        MATCH_COLUMNS[audience],
        lines,
        reader,
      ),
      total,
    };
  }

  /** Returns an institute's proposals to its researchers. Throws if there is no such institute. */
  async proposals(profileId: string, language: Language): Promise<Made> {
    const { name } = (await this.profiles.get(profileId)).content;
    const reader: Reader = this.readers.reading(language);
    const { rows, total } = await this.sheets.proposals(profileId, MOST_ROWS);
    return {
      table: await tableOf(
        `${translateTo(language)('sheet-word.name.proposals')} ${name}`,
        PROPOSAL_COLUMNS,
        rows,
        reader,
      ),
      total,
    };
  }

  /** Returns an institute's whole pipeline, by closing date. Throws if there is no such institute. */
  async opportunities(profileId: string, language: Language): Promise<Made> {
    const { name } = (await this.profiles.get(profileId)).content;
    const reader: Reader = this.readers.reading(language);
    const found = await this.pipeline.list(profileId, {}, MOST_ROWS, null);
    const ids = found.map(({ call }) => call.id);
    const [beside, totals, people] = await Promise.all([
      this.sheets.beside(profileId, ids),
      this.fit.statedTotals(found.map(({ call }) => call)),
      this.sheets.people(profileId),
    ]);
    const rows = found.map(({ row, call }) => ({
      call: { ...call, firstSeenAt: beside.get(call.id)!.firstSeenAt, total: totals.get(call.id) ?? 'topic' },
      opportunity: stateOf(row),
      people,
      comments: beside.get(call.id)!.comments,
    }));
    const counts = await this.pipeline.counts(profileId, {});
    return {
      table: await tableOf(
        `${translateTo(language)('pipeline.title')} ${name}`,
        OPPORTUNITY_COLUMNS,
        rows,
        reader,
      ),
      total: [...counts.values()].reduce((a, b) => a + b, 0),
    };
  }

  private async bidsOf(profileId: string, callIds: string[]): Promise<Map<string, OpportunityState>> {
    const found = await this.pipeline.list(profileId, { callIds }, MOST_ROWS, null);
    return new Map(found.map(({ row, call }) => [call.id, stateOf(row)]));
  }
}
