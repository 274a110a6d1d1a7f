import type { INestApplicationContext } from '@nestjs/common';
import type { CallContent, Deadline } from '../../calls/domain/call-content.js';
import { documentKey } from '../../harvest/domain/drafts/committee-document.js';
import { differencesOf, type DraftDifference, valuesOf } from '../../harvest/domain/drafts/draft-history.js';
import {
  type DocumentChange,
  DraftRepository,
  type DraftTopicEntity,
} from '../../harvest/store/drafts/draft.repository.js';
import { brusselsDate } from '../../kernel/brussels.js';
import { grouped } from '../../kernel/collections.js';
import type { Change } from '../../calls/domain/versions/diff.js';
import { EventLog } from '../../calls/store/event.repository.js';
import type { ProjectChange } from '../../funded-projects/domain/portal-project.js';
import { PortalProjectRepository } from '../../funded-projects/store/portal-project.repository.js';
import type { QuestionChange } from '../../harvest/domain/questions/question.js';
import { QuestionRepository } from '../../harvest/store/questions/question.repository.js';
import { RunRepository } from '../../harvest/store/run.repository.js';
import { say } from '../../platform/say.js';
import { FETCHER } from '../../platform/tokens.js';
import { Harvests, type ReplayClock, StandIn, withReplayProcess } from './replay-process.js';
import { type SourcesReplayOptions, writeWhole } from './options.js';

const FIELDS: Record<DocumentChange['field'], string> = {
  title: 'title',
  meetingEnds: 'meetingEndDate',
  files: 'attachments',
};

/** The day of a moment, as the files of a replay have it: in UTC. */
const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
const text = (value: unknown): unknown => (Array.isArray(value) ? value.join('; ') : value);

function topicLine(document: string, content: CallContent): object {
  const { budget, opensAt, deadlines, identifier, title, typesOfAction } = content;
  const values = valuesOf(content);
  return {
    document,
    identifier,
    title,
    typeOfAction: typesOfAction[0],
    budgetEur: budget?.total,
    minContributionEur: budget?.minContribution,
    maxContributionEur: budget?.maxContribution,
    expectedProjects: budget?.expectedGrants,
    openingDate: opensAt && brusselsDate(new Date(opensAt)),
    deadlineDates: deadlines.map((d) => brusselsDate(new Date(d.at))),
    text: values.text,
  };
}

/** Returns every topic of every draft, and every proposal of a decision. */
async function topicsRead(app: INestApplicationContext): Promise<object[]> {
  const drafts = app.get(DraftRepository);
  const proposals = (await drafts.documents()).flatMap((d) =>
    d.proposals.map(({ number, acronym, grant }) => ({
      document: documentKey(d),
      proposal: number,
      acronym,
      grantEur: grant,
    })),
  );
  return [...(await drafts.topics()).map((t) => topicLine(documentKey(t), t.content)), ...proposals];
}

/**
 * Returns which documents were new, and what changed in them. Those of the first reading were there before.
 */
async function registerEvents(app: INestApplicationContext): Promise<object[]> {
  const documents = await app.get(DraftRepository).documents();
  const first = documents[0]?.firstSeenAt.getTime();
  return documents.flatMap((d) => {
    const about = { source: 'register', key: documentKey(d) };
    return [
      ...(d.firstSeenAt.getTime() === first
        ? []
        : [{ day: dayOf(d.firstSeenAt), ...about, kind: 'new', after: d.content.title }]),
      ...d.changes.map(({ at, field, from, to }) => ({
        day: at.slice(0, 10),
        ...about,
        kind: 'changed',
        field: FIELDS[field],
        before: text(from),
        after: text(to),
      })),
    ];
  });
}

function line(day: string, to: string, difference: DraftDifference): object {
  const { title, ...rest } = { title: undefined, ...difference };
  return { day, source: 'drafts', to, ...rest, ...(title !== undefined && { after: title }) };
}

/**
 * Returns how drafts differ from the version before, and the newest of those that have one from what is
 * published.
 */
async function draftEvents(app: INestApplicationContext, day: string): Promise<object[]> {
  const drafts = app.get(DraftRepository);
  const topics = await drafts.topics();
  const seen = new Map(topics.map((t) => [documentKey(t), t.seenAt]));
  const between = (await drafts.documents()).flatMap((d) =>
    d.differences.map((difference) =>
      line(dayOf(seen.get(documentKey(d)) ?? d.firstSeenAt), documentKey(d), difference),
    ),
  );
  const newest = [...grouped(topics, (t) => [t.reference]).values()].flatMap((of): DraftTopicEntity[][] => {
    const versions = [...new Set(of.map((t) => t.version))];
    return versions.length > 1 ? [of.filter((t) => t.version === Math.max(...versions))] : [];
  });
  const published = await Promise.all(
    newest.map(async (of) =>
      differencesOf(
        of.map((t) => t.content),
        (await drafts.published(of)).map((c) => c.content),
      ).map((difference) => line(day, 'published', difference)),
    ),
  );
  return [...between, ...published.flat()];
}

const closing = (deadlines: unknown): string | null => (deadlines as Deadline[]).at(-1)?.at ?? null;

/** Returns a change in the stand-in's words; none for what it has no word for. */
function told({ kind, field, from, to }: Change, title: string): object[] {
  if (kind === 'new') return [{ kind, after: title }];
  if (kind === 'withdrawn') return [{ kind, before: title }];
  if (kind === 'reappeared') return [{ kind: 'new', after: title }];
  if (field === 'title') return [{ kind: 'changed', field, before: from, after: to }];
  if (field === 'deadlines')
    return [{ kind: 'changed', field: 'closing', before: closing(from), after: closing(to) }];
  return field.startsWith('sections.')
    ? [{ kind: 'changed', field: 'description', before: from, after: to }]
    : [];
}

/**
 * Returns which calls of a source were new, changed and withdrawn. Those of the first reading were there
 * before.
 */
export async function callEvents(
  app: INestApplicationContext,
  sourceId: string,
  source: string,
): Promise<object[]> {
  return (await app.get(EventLog).ofSource(sourceId)).flatMap(({ at, changes, reference, title }) =>
    changes.flatMap((change) =>
      told(change, title).map((event) => ({ day: dayOf(at), source, key: reference, ...event })),
    ),
  );
}

/** The portal's own names of what changes. */
const PROJECT_FIELDS: Record<ProjectChange['field'], string> = {
  contribution: 'euContributionAmount',
  totalCost: 'overallBudget',
  participants: 'participants',
  status: 'status',
};

/** Returns which funded projects appeared, changed and went. Those of the first reading were there before. */
async function projectEvents(app: INestApplicationContext): Promise<object[]> {
  const projects = await app.get(PortalProjectRepository).all();
  return projects.flatMap(({ id, isNews, firstSeenAt, missingSince, goneAt, changes }) => {
    const about = { source: 'projects', key: id };
    return [
      ...(isNews ? [{ day: dayOf(firstSeenAt), ...about, kind: 'new' }] : []),
      ...changes.map(({ at, field, from, to }) => ({
        day: at.slice(0, 10),
        ...about,
        kind: 'changed',
        field: PROJECT_FIELDS[field],
        before: from,
        after: to,
      })),
      ...(goneAt && missingSince ? [{ day: dayOf(goneAt), ...about, kind: 'withdrawn' }] : []),
    ];
  });
}

const QUESTION_FIELDS: Record<QuestionChange['field'], string> = {
  question: 'question',
  answer: 'answer',
  topics: 'keyword',
};

const joinedText = (value: string | string[] | null): string | null =>
  Array.isArray(value) ? value.join('\n') : value;

/** Returns which questions were new, corrected or withdrawn. Those of the first reading were there before. */
async function questionEvents(app: INestApplicationContext): Promise<object[]> {
  const questions = await app.get(QuestionRepository).all();
  return questions.flatMap((q) => {
    const about = (at: Date | string) => ({
      day: dayOf(new Date(at)),
      source: 'questions',
      key: q.id,
    });
    return [
      ...(q.isNews ? [{ ...about(q.firstSeenAt), kind: 'new', after: q.question }] : []),
      ...q.changes.map(({ at, field, from, to }) => ({
        ...about(at),
        kind: 'changed',
        field: QUESTION_FIELDS[field],
        before: joinedText(from),
        after: joinedText(to),
      })),
      ...(q.goneAt ? [{ ...about(q.goneAt), kind: 'withdrawn', before: q.question }] : []),
    ];
  });
}

const PORTAL = 'funding-tenders';
/** Read every day; they have no calls. */
const BESIDE = ['comitology-register', 'funded-projects', 'portal-questions'];
/** The stand-in's word for a source of calls; others have their own id. */
const WORDS: Record<string, string> = { 'appels-projets-recherche': 'french' };
/** A reading that is not accepted is repeated two hours later, until the day is over. */
const HOURS = Array.from({ length: 12 }, (_, i) => String(2 * i).padStart(2, '0'));

/** Reads the sources on each day of the stand-in, and writes what was read and what happened. */
class SourcesReplay {
  private readonly standIn: StandIn;
  private readonly harvests: Harvests;

  constructor(
    private readonly app: INestApplicationContext,
    private readonly clock: ReplayClock,
    private readonly options: SourcesReplayOptions,
    private readonly ids: readonly string[],
  ) {
    this.standIn = new StandIn(app.get(FETCHER), options.sources);
    this.harvests = new Harvests(app);
  }

  async all(): Promise<void> {
    const { from, to } = this.options;
    const days = (await this.standIn.look()).days.filter((d) => d >= from && d <= to);
    for (const [i, day] of days.entries()) {
      await this.standIn.move(day);
      // The stand-in's portal is the same on all days.
      if (i === 0 && this.ids.includes(PORTAL)) await this.readOnce(PORTAL, day, new Set());
      await this.harvests.ownLists(day);
      for (const id of this.ids.filter((known) => known !== PORTAL)) await this.readToday(id, day);
      if (i % 10 === 9 || i === days.length - 1)
        say(`  ${day}: ${i + 1} of ${days.length} days, after ${process.uptime().toFixed(1)} s`);
    }
    await this.write();
  }

  /** A killed replay goes on with the day that it had not finished. */
  private async readToday(sourceId: string, day: string): Promise<void> {
    const done = await this.app.get(RunRepository).endedStarts(sourceId);
    if (![...done].some((start) => start.startsWith(day))) await this.readOnce(sourceId, day, done);
  }

  /** Reads a source until a reading of the day is accepted. */
  private async readOnce(sourceId: string, day: string, done: ReadonlySet<string>): Promise<void> {
    for (const hour of HOURS) {
      const at = new Date(`${day}T${hour}:00:00Z`);
      if (done.has(at.toISOString())) continue;
      this.clock.at = at;
      if ((await this.harvests.toTheEnd(sourceId, day)).state === 'accepted') return;
    }
  }

  private async ofCalls(): Promise<object[]> {
    const ids = this.ids.filter((id) => id !== PORTAL && !BESIDE.includes(id));
    return (await Promise.all(ids.map((id) => callEvents(this.app, id, WORDS[id] ?? id)))).flat();
  }

  private async write(): Promise<void> {
    const lines = (rows: object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    writeWhole(this.options.readFile, lines(await topicsRead(this.app)));
    const day = this.options.to;
    writeWhole(
      this.options.eventsFile,
      lines([
        ...(await registerEvents(this.app)),
        ...(await draftEvents(this.app, day)),
        ...(await projectEvents(this.app)),
        ...(await questionEvents(this.app)),
        ...(await this.ofCalls()),
      ]),
    );
  }
}

/** Replays the days of the stand-in, whose origin every source is read from. */
export function replaySources(options: SourcesReplayOptions, folder: string): Promise<void> {
  const ids = options.only.length ? options.only : [PORTAL, ...BESIDE, ...Object.keys(WORDS)];
  return withReplayProcess(
    folder,
    {
      variables: { SOURCES: ids.join(), FUNDING_TENDERS_URL: options.sources },
      adjust: ({ sources }) => ({
        institutes: [],
        sources: sources.map((s) => ({
          ...s,
          origin: options.sources,
          trusted: true,
          ...(s.topics && { topics: options.topics }),
        })),
      }),
    },
    (app, clock) => new SourcesReplay(app, clock, options, ids).all(),
  );
}
