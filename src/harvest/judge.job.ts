import { Inject, Injectable, Logger } from '@nestjs/common';
import { z } from 'zod';
import { named, ProgrammeNames, Reread, RunReader, seenCalls, sourceStateOf } from './run-documents.js';
import { CarnotError, MOST_ASKED_MS } from '../kernel/errors.js';
import { type Source, Sources } from './source-registry.js';
import {
  FEW_CALLS,
  isWhole,
  judge,
  judgeQuickCheck,
  mostlyWanting,
  type Past,
  quickCheckScanOf,
  type Scan,
  scanOf,
  sizeDoubt,
  type Validation,
} from './domain/scan-agreement.js';
import type { Evidence, SeenCall } from './domain/findings.js';
import { lostField, silentOn } from './domain/lost-fields.js';
import type { Clock } from '../kernel/ports.js';
import {
  type HarvestRequestEntity,
  type HarvestRunEntity,
  type RunCounts,
  type RunKind,
  type RunState,
  RunRepository,
} from './store/run.repository.js';
import type { SeenNote } from './store/calls/call-writer.js';
import { joinedProjects } from '../funded-projects/domain/portal-project.js';
import {
  PortalProjectRepository,
  type ReadProjects,
} from '../funded-projects/store/portal-project.repository.js';
import type { ReadRegister } from './store/drafts/draft.repository.js';
import { QuestionRepository, type ReadQuestions } from './store/questions/question.repository.js';
import { sourceRecordKey } from '../calls/domain/versions/identity.js';
import { SourceListRepository } from './store/source-list.repository.js';
import { SourcePastRepository, type SourceState } from './store/source.repository.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';
import { MINUTE_MS } from '../kernel/durations.js';
import { pauseMs, SOON_MS } from './domain/settings.js';
import { CallStore } from './store/calls/call-store.js';
import { MATCH_NEW, PARTS } from '../profiles/jobs.js';
import {
  defineJob,
  job,
  type Job,
  type JobData,
  type NextJob,
  ofAllInstitutes,
  Runs,
} from '../platform/queue/job.js';

/**
 * Whether a run is accepted: if so, its calls and unreadable rows; otherwise the reason, and the size if that
 * is the reason.
 */
type Verdict =
  | {
      accepted: true;
      calls: SeenCall[];
      unread: Scan['unread'];
      notes: SeenNote[];
      noted: Pick<RunCounts, 'totals' | 'made'>;
      register?: ReadRegister;
      projects?: ReadProjects;
      questions?: ReadQuestions;
    }
  | { accepted: false; why: string; size: number | null };

/** Reads a run's documents and judges them against each other and against the source's history. */
@Injectable()
export class RunJudge {
  constructor(
    private readonly runs: RunRepository,
    private readonly past: SourcePastRepository,
    private readonly reader: RunReader,
    private readonly lists: SourceListRepository,
    private readonly programmes: ProgrammeNames,
    private readonly questions: QuestionRepository,
    private readonly projects: PortalProjectRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async verdict(run: HarvestRunEntity, source: Source): Promise<Verdict> {
    const requests = await this.runs.requests(run.id);
    const of = (scan: 1 | 2) => requests.filter((r) => r.scan === scan);
    const documents = await this.reader.read(source, of(1));
    const scanned = run.kind === 'full' ? scanOf : quickCheckScanOf;
    const first = scanned(documents);
    const again = await this.reader.read(source, of(2));
    const validation = await this.validation(run, source, first, scanned(again));
    if (!validation.accepted) return validation;
    const counted = new Set(validation.calls);
    const names = await this.programmes.learn(source.id, documents);
    const calls = new Map(
      [...first.calls]
        .filter(([, call]) => counted.has(call))
        .map(([key, call]) => [key, named(call, names)]),
    );
    const shown = (await seenCalls({ ...first, calls }, of(1))).map((call) =>
      first.shownBy.get(call.key) === source.bareList ? { ...call, isBare: true } : call,
    );
    const lost = await this.lostField(source, run.kind, shown);
    if (lost !== null) return { accepted: false, why: lost, size: null };
    const notes = [
      ...(run.kind === 'details' ? await this.listNotes(source) : []),
      ...documents.flatMap(({ key, page }) =>
        (page.notes ?? []).map((note) => ({
          note,
          documentHash: of(1).find((r) => r.key === key)?.documentHash ?? null,
        })),
      ),
    ];
    const noted = {
      ...(source.totals && { totals: agreed(source.totals(documents), source.totals(again)) }),
      ...(source.describe && run.kind === 'full' && { made: source.describe(documents) }),
    };
    return {
      accepted: true,
      calls: shown,
      unread: first.unread,
      notes,
      noted,
      ...(source.committees && { register: await registerOf(first, of(1)) }),
      ...(source.lineage && { projects: projectsOf(first, run.topics ?? [], of(1)) }),
      ...(source.questions && { questions: questionsOf(first, of(1)) }),
    };
  }

  /** Returns a doubt about calls that all lack what nearly all of them had when they were last read. */
  private async lostField({ id }: Source, kind: RunKind, shown: SeenCall[]): Promise<string | null> {
    for (const silent of silentOn(shown)) {
      const { known, had } = await this.past.had(id, evidenceOf(kind), silent);
      const lost = lostField(known, had);
      if (lost !== null) return lost;
    }
    return null;
  }

  /** Returns the notes on all topics in the source's own list, which is not stored as a document. */
  private async listNotes({ id }: Source): Promise<SeenNote[]> {
    const topics = (await this.lists.topics(id)).filter((t) => t.droppedAt === null);
    return topics.flatMap((t) => t.topic.notes.map((note) => ({ note, documentHash: null })));
  }

  private async validation(
    { kind, targets, topics }: HarvestRunEntity,
    source: Source,
    first: Scan,
    second: Scan,
  ): Promise<Validation> {
    if (kind === 'quick-check') return judgeQuickCheck(first, second, targets ?? []);
    // Each document is a topic's own file; it was either read or not.
    if (kind === 'details') return { accepted: true, calls: [...first.calls.values()] };
    const past = await this.past.findBySource(source.id, this.clock.now());
    const judged = judge(first, second, source, this.settings.harvest, past);
    if (source.lineage && judged.accepted && first.projects.size + first.unread.length === 0) {
      const known = await this.projects.known(topics ?? []);
      if (known >= FEW_CALLS)
        return { accepted: false, why: `it shows none of the ${known} projects known`, size: null };
    }
    return source.questions && judged.accepted
      ? ((await this.lostQuestions(topics ?? [], first, past)) ?? judged)
      : judged;
  }

  /** Returns a doubt about a scan that lacks many known questions: an index may lose some for a while. */
  private async lostQuestions(
    topics: string[],
    { questions, unread }: Scan,
    past: Past,
  ): Promise<Validation | null> {
    const known = [...(await this.questions.known(topics)).keys()];
    const shown = new Set([...questions.keys(), ...unread.flatMap((row) => row.reference ?? [])]);
    const size = known.filter((id) => shown.has(id)).length;
    // However often an index shows nothing at all, it does not prove that all of many were withdrawn.
    const refused = shown.size === 0 && known.length >= FEW_CALLS ? [] : past.refused;
    const doubt = sizeDoubt(
      size,
      { ...past, sizes: [known.length], running: known.length, refused },
      this.settings.harvest,
    );
    return doubt === null
      ? null
      : { accepted: false, why: `it shows ${size} of the ${known.length} questions known`, size };
  }
}

const evidenceOf = (kind: RunKind): Evidence => (kind === 'details' ? 'list' : 'harvest');

/** Returns the counts on which both scans agree: one alone may come from half an index. */
const agreed = (a: Record<string, number>, b: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(a).filter(([part, n]) => b[part] === n));

/** A topic is dropped by a new version of its draft, which two runs have read. */
const DROPPED_AT_ONCE = { goneAfterRuns: 2, goneAfterHours: 0 };

/** Returns what a scan shows of a register of committees, with the document that shows each file's topics. */
async function registerOf(scan: Scan, requests: HarvestRequestEntity[]): Promise<ReadRegister> {
  const files: ReadRegister['files'] = [];
  for (const [key, { document, id, topics, proposals }] of scan.files) {
    const calls = new Map(topics.map((call) => [sourceRecordKey(call), call]));
    const shownBy = new Map([...calls.keys()].map((call) => [call, scan.shownBy.get(key)!]));
    files.push({ document, id, proposals, topics: await seenCalls({ calls, shownBy }, requests) });
  }
  return { documents: [...scan.documents.values()], files };
}

/** Returns the projects that a scan shows for the topics asked about. */
function projectsOf(
  { projects, shownBy, unread }: Scan,
  topics: readonly string[],
  requests: HarvestRequestEntity[],
): ReadProjects {
  const hashes = new Map(requests.map((r) => [r.key, r.documentHash]));
  // The row that was joined first is the one that says most.
  const rows = new Map([...projects.values()].reverse().map((row) => [row.project.id, row.reference]));
  return {
    topics,
    projects: joinedProjects([...projects.values()]).map((project) => ({
      project,
      documentHash: hashes.get(shownBy.get(rows.get(project.id)!)!) ?? null,
    })),
    unread: unread.flatMap((row) => row.reference ?? []),
  };
}

/** Returns the questions of a scan, with the document that shows each in full. */
function questionsOf(scan: Scan, requests: HarvestRequestEntity[]): ReadQuestions {
  const documents = new Map(requests.map((r) => [r.key, r.documentHash!]));
  const own = [...scan.ownQuestions].map(
    ([id, question]) => [id, { ...question, documentHash: documents.get(scan.shownBy.get(id)!)! }] as const,
  );
  return { listed: [...scan.questions.values()], own: new Map(own) };
}

type ValidatedRun = Extract<Verdict, { accepted: true }>;

/** Ends a run and updates its source: when it is read next, and what users are told until then. */
@Injectable()
export class RunOutcome {
  private readonly log = new Logger('Harvest');

  constructor(
    private readonly runs: RunRepository,
    private readonly store: CallStore,
    private readonly reread: Reread,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Stores the calls and ends the run in one transaction; returns null if it had already ended. */
  accepted(
    { id: runId, kind }: HarvestRunEntity,
    source: Source,
    { calls, unread, notes, noted, register, projects, questions }: ValidatedRun,
  ): Promise<RunCounts | null> {
    const now = this.clock.now();
    const after = (minutes: number): Date => new Date(now.getTime() + minutes * MINUTE_MS);
    const next = {
      dueAt: after(source.everyHours * 60),
      quickCheckAt: after(this.settings.harvest.quickCheckMinutes),
      detailsAgain: mostlyWanting(unread, calls.length),
    };
    const whole = kind === 'full' && isWhole(source, { unread });
    const reread = (documents: { key: string; documentHash: string }[]) =>
      this.reread.read(source, documents);
    return this.store.store(
      {
        source,
        runId,
        kind,
        evidence: evidenceOf(kind),
        // Which drafts there are is known from all that were read, so what the newest lacks has been dropped.
        whole: whole || register !== undefined,
        now,
        calls,
        unread,
        notes,
        noted,
        next,
        reread,
        ...(register && { register }),
        ...(projects && { projects }),
        ...(questions && { questions }),
      },
      register ? { ...this.settings.harvest, ...DROPPED_AT_ONCE } : this.settings.harvest,
    );
  }

  /** `size` is the number of rows if that is the reason: later runs may confirm it. */
  rejected(run: HarvestRunEntity, why: string, size: number | null): Promise<void> {
    return this.inVain(run, 'rejected', 'doubtful', why, { size });
  }

  async failed(runId: string, error: Error): Promise<void> {
    const run = await this.runs.findById(runId);
    const asked = error instanceof CarnotError ? (error.details.retryAfterMs ?? 0) : 0;
    if (run)
      await this.inVain(run, 'failed', sourceStateOf(error), error.message, {
        askedMs: Math.min(asked, MOST_ASKED_MS),
      });
  }

  private async inVain(
    { id, sourceId, kind }: HarvestRunEntity,
    state: RunState,
    source: SourceState | null,
    reason: string,
    { askedMs = 0, size = null }: { askedMs?: number; size?: number | null },
  ): Promise<void> {
    const own = (failures: number): number => {
      if (kind !== 'full') return this.settings.harvest.quickCheckMinutes * MINUTE_MS;
      return source ? pauseMs(failures) : SOON_MS;
    };
    const dueAt = await this.runs.endInVain(
      { id, state, reason, size },
      { state: source, pauseMs: (n) => Math.max(askedMs, own(n)) },
      this.clock.now(),
    );
    const whole = source
      ? `${sourceId} is ${source}`
      : `a run of ${sourceId} failed, which says nothing of the source`;
    const what =
      kind === 'full'
        ? whole
        : `${kind === 'quick-check' ? 'a quick check of' : 'reading the topics of the list of'} ${sourceId} brought nothing`;
    if (dueAt) this.log.warn(`${what}: ${reason}. No call was changed; next try at ${dueAt.toISOString()}`);
  }
}

/**
 * What was read, if not the whole source: 0 calls from a list whose topics are all known do not mean that the
 * source is empty.
 */
const LOOK = {
  full: '',
  'quick-check': ' in a quick check',
  details: ', what only its own list knows',
} as const;

export const JUDGE = defineJob({
  name: 'judge',
  queue: 'harvest',
  data: z.strictObject({ runId: z.uuid() }),
  rows: ofAllInstitutes('a source is read for everybody'),
});

/** Decides whether to accept a harvest, and stores it if so. A rejected harvest changes no call. */
@Runs(JUDGE)
export class JudgeJob implements Job<typeof JUDGE> {
  private readonly log = new Logger('Harvest');

  constructor(
    private readonly runs: RunRepository,
    private readonly sources: Sources,
    private readonly judge: RunJudge,
    private readonly outcome: RunOutcome,
  ) {}

  async run({ runId }: JobData<typeof JUDGE>): Promise<NextJob[]> {
    const run = await this.runs.findById(runId);
    const source = run && this.sources.findById(run.sourceId);
    if (!source || run.endedAt) return [];
    const verdict = await this.judge.verdict(run, source);
    if (!verdict.accepted) {
      await this.outcome.rejected(run, verdict.why, verdict.size);
      return [];
    }
    const counts = await this.outcome.accepted(run, source, verdict);
    if (!counts) return [];
    const unread = counts.unread
      ? `, ${counts.unread} could not be read (the first: ${counts.unreadWhy})`
      : '';
    this.log.log(
      `${source.name}${LOOK[run.kind]}: ${counts.calls} calls, ${counts.new} new, ${counts.changed} changed, ${counts.missing} missing, ${counts.gone} gone${unread}`,
    );
    // Projects are no calls, which profiles would have to be matched with.
    if (source.lineage) return [];
    return PARTS.map((part) => job(MATCH_NEW, { part }));
  }

  async giveUp({ runId }: JobData<typeof JUDGE>, error: Error): Promise<void> {
    await this.outcome.failed(runId, error);
  }
}
