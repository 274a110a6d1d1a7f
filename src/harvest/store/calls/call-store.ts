import { DataSource, type EntityManager } from 'typeorm';
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CallContent } from '../../../calls/domain/call-content.js';
import {
  contentHash,
  deadlinesAgree,
  identityKeys,
  pointsTo,
} from '../../../calls/domain/versions/identity.js';
import {
  type Evidence,
  findings,
  type Findings,
  type Grace,
  type Listed,
  type SeenCall,
} from '../../domain/findings.js';
import {
  type Change,
  type ChangeKind,
  changesBetween,
  changesOfLead,
  changesOfPlace,
  changesOfPublication,
  deadlineChanges,
  eventsOfVersions,
} from '../../../calls/domain/versions/diff.js';
import { DAY_MS } from '../../../kernel/durations.js';
import { isLongOver } from '../../../calls/domain/status.js';
import { settled, withoutJitter } from '../../domain/settings.js';
import {
  callContents,
  contentsOf,
  known,
  type Known,
  othersOf,
  recordEmbedding,
  type SourceRecordWrite,
  writeSourceRecords,
} from '../source-record.repository.js';
import { type CallWrite, writeVersions, type SeenNote, withNotes } from './call-writer.js';
import { writeEvents } from '../../../calls/store/event.repository.js';
import { MonitorStates } from '../../../monitoring/store/alarm.repository.js';
import type { Scan } from '../../domain/scan-agreement.js';
import { afterGoodRun, HarvestRunEntity, type RunCounts, type RunKind } from '../run.repository.js';
import { longTransaction } from '../../../platform/database/connections.js';
import { STORE_LOCK } from '../../../platform/database/locks.js';
import { linkDrafts, type ReadRegister, unreadTopics, writeRegister } from '../drafts/draft.repository.js';
import { asDrafted } from '../../domain/drafts/committee-document.js';
import { paired } from '../../domain/drafts/draft-history.js';
import {
  type ReadProjects,
  writePortalProjects,
} from '../../../funded-projects/store/portal-project.repository.js';
import { type ReadQuestions, writeQuestions } from '../questions/question.repository.js';

interface ListedNow {
  /** It was read successfully and recently. */
  isKnown: boolean;
  /** The references of topics listed as forthcoming or open, and of items that could not be read. */
  living: Set<string>;
  /** Topics that were in the list when it was first read. */
  fromTheStart: Set<string>;
}

/** An older list says nothing about today. It is read once a day, and soon again after a failure. */
const KNOWS_FOR = '3 days';

async function listedNow(tx: EntityManager, sourceId: string, now: Date): Promise<ListedNow> {
  const lists: { firstReadAt: Date | null; unread: string[]; isKnown: boolean }[] = await tx.query(
    `SELECT first_read_at AS "firstReadAt", coalesce(counts->'unreadReferences', '[]') AS unread, coalesce(read_at > $2::timestamptz - interval '${KNOWS_FOR}', false) AS "isKnown" FROM source_list WHERE source_id = $1`,
    [sourceId, now],
  );
  const topics: { reference: string; isLiving: boolean; firstListedAt: Date }[] =
    lists.length === 0
      ? []
      : await tx.query(
          'SELECT reference, dropped_at IS NULL AS "isLiving", first_listed_at AS "firstListedAt" FROM listed_topic WHERE source_id = $1',
          [sourceId],
        );
  const begun = lists[0]?.firstReadAt?.getTime();
  return {
    isKnown: lists[0]?.isKnown ?? false,
    living: new Set([
      ...topics.filter((t) => t.isLiving).map((t) => t.reference),
      ...(lists[0]?.unread ?? []),
    ]),
    fromTheStart: new Set(topics.filter((t) => t.firstListedAt.getTime() === begun).map((t) => t.reference)),
  };
}

/**
 * A call of other sources that a new record may belong to. `ended`: its leading source dropped it, and no
 * other showed it.
 */
interface Joinable {
  id: string;
  version: number;
  content: CallContent;
  keys: string[];
  ended: boolean;
}

async function candidates(tx: EntityManager, sourceId: string, keys: string[]): Promise<Joinable[]> {
  return tx.query(
    `SELECT c.id, c.version, c.content, c.identity_keys AS keys, EXISTS (SELECT 1 FROM source_record s WHERE s.call_id = c.id AND s.leads AND s.gone_at IS NOT NULL) AS ended
       FROM call c WHERE c.identity_keys && $1 AND NOT EXISTS (SELECT 1 FROM source_record s WHERE s.call_id = c.id AND s.source_id = $2)`,
    [keys, sourceId],
  );
}

/** Drops what several pairs share: it is unclear which of them it belongs to. */
function withoutDoubts<T>(pairs: [string, T][], nameOf: (t: T) => string): Map<string, T> {
  const count = new Map<string, number>();
  for (const [, t] of pairs) count.set(nameOf(t), (count.get(nameOf(t)) ?? 0) + 1);
  return new Map(pairs.filter(([, t]) => count.get(nameOf(t)) === 1));
}

/**
 * Returns the existing calls of other sources that a source's new records belong to, by record key. Two
 * records of one source are two calls, and if several calls match, none is taken: reporting a call twice is
 * better than never.
 */
async function joinable(
  tx: EntityManager,
  sourceId: string,
  fresh: SeenCall[],
): Promise<Map<string, Joinable>> {
  const keysOf = new Map(fresh.map((f) => [f.key, identityKeys(f.content)]));
  const found = await candidates(tx, sourceId, [...keysOf.values()].flat());
  const pairs = fresh.flatMap((f): [string, Joinable][] => {
    const fit = found.filter(
      (c) =>
        c.keys.some((k) => keysOf.get(f.key)!.includes(k)) &&
        (isDraft(c) || deadlinesAgree(c.content, f.content)),
    );
    return fit.length === 1 ? [[f.key, fit[0]!]] : [];
  });
  const joins = withoutDoubts(pairs, (call) => call.id);
  for (const [key, call] of await renumbered(
    tx,
    fresh.filter((f) => !joins.has(f.key)),
    [...joins.values()].map((call) => call.id),
  ))
    joins.set(key, call);
  return joins;
}

const isDraft = ({ content }: Pick<Joinable, 'content'>): boolean => content.sourceStatus === 'draft';

/**
 * Returns the drafts that were published under another identifier: those of the same call with the same text.
 * One that was published under its own, beside a twin, is none.
 */
async function renumbered(
  tx: EntityManager,
  fresh: SeenCall[],
  joined: string[],
): Promise<[string, Joinable][]> {
  const topics = fresh.filter(
    ({ content }) => content.identifier && content.callIdentifier && content.sourceStatus !== 'draft',
  );
  if (!topics.length) return [];
  const drafts: Joinable[] = await tx.query(
    `SELECT c.id, c.version, c.content, c.identity_keys AS keys, false AS ended FROM call c
      WHERE c.source_status = 'draft' AND c.withdrawn_at IS NULL AND lower(c.summary->>'callIdentifier') = ANY($1) AND NOT (c.id = ANY($2))`,
    [[...new Set(topics.map(({ content }) => content.callIdentifier!.toLowerCase()))], joined],
  );
  const draftOf = new Map(drafts.map((d) => [d.content, d]));
  const keyOf = new Map(topics.map((t) => [t.content, t.key]));
  return paired([...draftOf.keys()], [...keyOf.keys()]).renumbered.map(({ before, after }) => [
    keyOf.get(after)!,
    draftOf.get(before)!,
  ]);
}

/**
 * Reads documents again with our current parser and rules, by call key: a difference due only to another
 * version of the program is no change of a call.
 */
type RereadDocuments = (
  documents: { key: string; documentHash: string }[],
) => Promise<Map<string, CallContent>>;

/** The part of a run that determines what is written. */
interface Run {
  source: { id: string };
  now: Date;
  evidence: Evidence;
  reread?: RereadDocuments;
}

/** A source's stored content of calls, by key. */
type Contents = Map<string, CallContent>;
type SeenAgain = Findings<Known>['back'][number];

/** The writes of a run: versions of calls, and records of sources. */
interface Writes {
  versions: CallWrite[];
  sourceRecords: SourceRecordWrite[];
}

const ofCall = (kind: ChangeKind): Change => ({ kind, field: 'call', from: null, to: null });

const versionOf = (seen: SeenCall, callId: string, version: number) => ({
  callId,
  version,
  seen,
  withdrawnAt: null,
});

/**
 * Returns the writes of an accepted run. `isOld` says that a call belongs to the start of its source's
 * history and is no news.
 */
async function writesOf(
  tx: EntityManager,
  run: Run,
  found: Findings<Known>,
  contents: Contents,
  isOld: (seen: SeenCall) => boolean,
): Promise<Writes> {
  const writes = [
    await ofFresh(tx, run, found.fresh, isOld),
    await ofSeenAgain(tx, run, found, contents),
    await ofGone(tx, found, run.now),
  ];
  return {
    versions: writes.flatMap((w) => w.versions),
    sourceRecords: writes.flatMap((w) => w.sourceRecords),
  };
}

const isDated = ({ content }: Pick<SeenCall, 'content'>): boolean => content.deadlines.length > 0;

/**
 * Merges a record into the call that another source shows; its publisher's record takes precedence, unless
 * the other alone tells a deadline.
 */
async function ofFresh(
  tx: EntityManager,
  { source, now }: Run,
  fresh: SeenCall[],
  isOld: (seen: SeenCall) => boolean,
): Promise<Writes> {
  const joins = await joinable(tx, source.id, fresh);
  const writes: Writes = { versions: [], sourceRecords: [] };
  for (const seen of fresh) {
    const call = joins.get(seen.key);
    const callId = call?.id ?? randomUUID();
    const adopted = call !== undefined && isDraft(call);
    const owns = !call || adopted || pointsTo(call.content, seen.content);
    const told = !call || adopted || isDated(call) === isDated(seen) ? owns : isDated(seen);
    const leads = told || call?.ended === true;
    writes.sourceRecords.push({ callId, leads, owns, seen });
    if (!call)
      writes.versions.push({
        ...versionOf(seen, callId, 1),
        changes: isOld(seen) || isLongOver(seen.content, now) ? [] : [ofCall('new')],
      });
    else if (leads) {
      const again = call.ended ? [ofCall('reappeared')] : [];
      writes.versions.push({
        ...versionOf(seen, callId, call.version + 1),
        changes: adopted
          ? isOld(seen)
            ? []
            : [ofCall('new'), ...changesOfPublication(call.content, seen.content)]
          : [...again, ...changesOfLead(call.content, seen.content)],
      });
    }
  }
  return writes;
}

async function ofSeenAgain(
  tx: EntityManager,
  { reread, evidence }: Run,
  { changed, back }: Findings<Known>,
  contents: Contents,
): Promise<Writes> {
  const documents = [...changed, ...back].flatMap(({ known: { key, documentHash } }) =>
    documentHash ? [{ key, documentHash }] : [],
  );
  const now = reread ? await reread(documents) : new Map<string, CallContent>();
  const change = ({ known: k, seen }: SeenAgain): Change[] => {
    const stored = contents.get(k.key)!;
    if (k.evidence !== evidence) return changesOfPlace(stored, seen.content);
    return changesBetween(settled(stored, asDrafted(now.get(k.key) ?? stored, stored)), seen.content);
  };
  const writes = await ofReturned(tx, back, change);
  for (const c of changed) {
    writes.sourceRecords.push({
      callId: c.known.callId,
      leads: c.known.leads,
      owns: c.known.owns,
      seen: c.seen,
    });
    if (c.known.leads)
      writes.versions.push({
        ...versionOf(c.seen, c.known.callId, c.known.version + 1),
        changes: change(c),
      });
  }
  return writes;
}

/** Sources are read twice a day: after so long without a reading, one does not know what is shown now. */
const SILENT_MS = 2 * DAY_MS;

/** An owner that tells no deadline leaves the lead to whoever tells one. */
const yields = ({ known: k, seen }: SeenAgain): boolean => !isDated(seen) && k.lastDeadlineAt !== null;

/**
 * Adds to what is back the records that take over the lead, though nothing of theirs was gone: another
 * source's that has moved its dates while the leading one is silent or tells none, and its owner's as soon as
 * that is read again. Other dates alone say nothing, as sources may long have differed; nor is a source
 * silent of which we have not read any for days. A draft takes no lead from what was published.
 */
async function withTakeovers(
  tx: EntityManager,
  found: Findings<Known>,
  before: Known[],
  { calls, now, lastReadAt }: Pick<Harvest, 'calls' | 'now'> & { lastReadAt: Date | null },
): Promise<Findings<Known>> {
  const since = now.getTime() - SILENT_MS;
  const may = ({ known: k, seen }: SeenAgain): boolean =>
    !k.leads && !k.ended && k.goneAt === null && seen.content.sourceStatus !== 'draft';
  const seen = new Map(calls.map((call) => [call.key, call]));
  const owners = before.flatMap((k): SeenAgain[] => {
    const call = seen.get(k.key);
    const again = k.owns && call && { known: k, seen: call };
    return again && !yields(again) ? [again] : [];
  });
  const isRead = lastReadAt !== null && lastReadAt.getTime() >= since;
  const followers = found.changed.filter(
    ({ known: k }) =>
      !k.owns &&
      (k.lastDeadlineAt === null || (isRead && k.leaderReadAt !== null && k.leaderReadAt.getTime() < since)),
  );
  const own = await contentsOf(
    tx,
    followers.map(({ known: k }) => k),
  );
  const contents = await callContents(
    tx,
    followers.map(({ known: k }) => k.callId),
  );
  const moved = followers.filter(({ known: k, seen: { content } }) =>
    k.lastDeadlineAt === null
      ? content.deadlines.length > 0 && deadlineChanges(own.get(k.key)!, content).length > 0
      : changesOfLead(own.get(k.key)!, content).length > 0 &&
        changesOfLead(contents.get(k.callId)!, content).length > 0,
  );
  const taking = [...owners, ...moved].filter(may);
  const keys = new Set(taking.map(({ known: k }) => k.key));
  return {
    ...found,
    changed: found.changed.filter(({ known: k }) => !keys.has(k.key)),
    back: [...found.back, ...taking],
  };
}

/**
 * If a call had ended, the first source to show it again leads; if it had not, its owner takes the lead back,
 * or whoever is there for a leading source that is silent.
 */
async function ofReturned(
  tx: EntityManager,
  back: SeenAgain[],
  change: (b: SeenAgain) => Change[],
): Promise<Writes> {
  const calls = await callContents(
    tx,
    back.filter(({ known: k }) => !k.leads).map(({ known: k }) => k.callId),
  );
  const writes: Writes = { versions: [], sourceRecords: [] };
  for (const b of back) {
    const { known: k, seen } = b;
    // Nothing of one that takes over was gone.
    const takesOver = !k.ended && k.goneAt === null;
    const leads = k.leads || k.ended || (k.owns && !yields(b)) || takesOver;
    writes.sourceRecords.push({ callId: k.callId, leads, owns: k.owns, seen });
    if (!leads) continue;
    const moves = k.leads ? [] : changesOfLead(calls.get(k.callId)!, seen.content);
    // Whatever else it has changed meanwhile, its owner alone says.
    const others = takesOver && k.owns ? change(b).filter((c) => c.field !== 'deadlines') : [];
    const changes = k.leads ? change(b) : [...moves, ...others];
    writes.versions.push({
      ...versionOf(seen, k.callId, k.version + 1),
      changes: [...(k.ended ? [ofCall('reappeared')] : []), ...changes],
    });
  }
  return writes;
}

/**
 * A call dropped by one source but shown by another continues with that one's content; it ends with its last
 * source.
 */
async function ofGone(tx: EntityManager, { gone }: Findings<Known>, now: Date): Promise<Writes> {
  const leading = gone.filter(({ known: k }) => k.leads);
  const others = await othersOf(
    tx,
    leading.map(({ known: k }) => k),
    now,
  );
  const contents = await callContents(tx, [...others.keys()]);
  const writes: Writes = { versions: [], sourceRecords: [] };
  for (const { known: k, as } of leading) {
    const other = others.get(k.callId);
    if (other) {
      writes.versions.push({
        ...versionOf(other.seen, k.callId, k.version + 1),
        // An owner that does not lead has not been read since: its dates are its last word, and no news.
        changes: other.owns ? [] : changesOfLead(contents.get(k.callId)!, other.seen.content),
      });
      writes.sourceRecords.push({
        callId: k.callId,
        leads: true,
        owns: other.owns,
        sourceId: other.sourceId,
        seen: other.seen,
      });
    } else if (as) {
      const withdrawnAt = as === 'withdrawn' ? now : null;
      writes.versions.push({
        callId: k.callId,
        version: k.version + 1,
        seen: null,
        changes: [{ ...ofCall(as), from: k.sourceStatus }],
        withdrawnAt,
      });
    }
  }
  return writes;
}

/**
 * The result of an accepted run. An absence is a finding only if the run is `whole`, i.e. lists everything.
 */
interface Harvest {
  source: { id: string; quietAfterDays: number };
  runId: string;
  kind: RunKind;
  evidence: Evidence;
  whole: boolean;
  now: Date;
  calls: SeenCall[];
  /** Rows that exist but could not be read. */
  unread: Scan['unread'];
  notes: SeenNote[];
  /** What a register of committees shows; its calls are then the drafts that are published nowhere. */
  register?: ReadRegister;
  /** What it was told of funded projects; it has no calls. */
  projects?: ReadProjects;
  /** What a source that is asked for topics shows of their questions. */
  questions?: ReadQuestions;
  /** Figures recorded with the run besides its findings. */
  noted?: Pick<RunCounts, 'totals' | 'made'>;
  /** When the source is next read as a whole, or by a quick check; whether topics' files then are, too. */
  next: { dueAt: Date; quickCheckAt: Date; detailsAgain?: boolean };
  reread?: RereadDocuments;
}

/** Completes what says nothing of the status and other pages of known calls with those stored. */
async function withDetails(tx: EntityManager, calls: SeenCall[], before: Known[]): Promise<SeenCall[]> {
  const bare = new Set(calls.filter((c) => c.isBare).map((c) => c.key));
  if (bare.size === 0) return calls;
  const contents = await contentsOf(
    tx,
    before.filter((k) => bare.has(k.key)),
  );
  return calls.map((call) => {
    const stored = contents.get(call.key);
    if (!stored) return call;
    // Other dates may mean that a closed call is open again.
    const isOpenAgain = stored.sourceStatus === 'closed' && deadlineChanges(stored, call.content).length > 0;
    const { sourceStatus } = isOpenAgain ? call.content : stored;
    const content = { ...call.content, sourceStatus, alsoAt: stored.alsoAt };
    return { ...call, content, hash: contentHash(content) };
  });
}

/** Stores the result of an accepted run in one transaction. */
@Injectable()
export class CallStore {
  constructor(
    private readonly database: DataSource,
    private readonly monitors: MonitorStates,
  ) {}

  /**
   * Stores an accepted run: new calls, a version for each call with a visible change, the end of calls gone
   * for long, the last-seen time of the others. The run ends and its source becomes good again in the same
   * transaction. Returns null and changes nothing if the run has already ended.
   */
  async store(harvest: Harvest, grace: Grace): Promise<RunCounts | null> {
    return longTransaction(this.database, async (tx) => {
      // One store at a time, so that versions are committed in their order: a reader who has seen version N
      // has seen all before it.
      await tx.query('SELECT pg_advisory_xact_lock($1)', [STORE_LOCK]);
      const source = await this.underWay(tx, harvest);
      if (!source) return null;
      const read = harvest.register ? await writeRegister(tx, harvest.register, harvest.now) : harvest.calls;
      const before = await known(tx, harvest.source.id);
      const calls = await withDetails(tx, read, before);
      const list = await listedNow(tx, harvest.source.id, harvest.now);
      const unread = [
        ...harvest.unread.flatMap((row) => row.reference ?? []),
        ...(harvest.register ? await unreadTopics(tx, harvest.register) : []),
      ];
      const all = await withTakeovers(
        tx,
        findings(before, calls, { ...harvest, unread, listed: (k) => listedAs(k, list) }, grace),
        before,
        { calls, now: harvest.now, lastReadAt: source.lastGoodRunAt },
      );
      const contents = await contentsOf(
        tx,
        [...all.changed, ...all.back].map(({ known: k }) => k),
      );
      const found = withoutJitter(all, contents);
      // Calls found when a source, or its list, is first read are the start of its history, and no news.
      const isOld = ({ content }: SeenCall): boolean =>
        source.lastGoodRunAt === null ||
        (list.fromTheStart.has(content.reference) && harvest.evidence === 'list');
      const writes = await writesOf(tx, harvest, found, contents, isOld);
      const versions = await withNotes(tx, writes.versions, harvest);
      await writeVersions(tx, versions, harvest);
      await writeSourceRecords(tx, writes.sourceRecords, harvest);
      await recordEmbedding(tx, { ...harvest, calls }, before, found);
      if (harvest.register) await linkDrafts(tx, harvest.source.id);
      const asked = harvest.questions && (await writeQuestions(tx, harvest.questions, harvest));
      const counts = {
        calls: calls.length,
        new: found.fresh.length,
        changed: found.changed.length,
        missing: found.missing.length,
        gone: found.gone.length,
        ...asked?.counts,
        unread: harvest.unread.length,
        unreadWhy: harvest.unread[0]?.why ?? null,
        ...harvest.noted,
        ...(harvest.projects && (await this.projects(tx, harvest, harvest.projects, grace))),
      };
      await tx.update(
        HarvestRunEntity,
        { id: harvest.runId },
        { state: 'accepted', endedAt: harvest.now, counts },
      );
      await afterGoodRun(tx, this.monitors, harvest);
      // Readers hear of drafts in their digest, and from their first day as a call of everything else.
      const published = versions.filter((v) =>
        v.seen ? v.seen.content.sourceStatus !== 'draft' : v.changes.every((c) => c.from !== 'draft'),
      );
      await writeEvents(tx, [...eventsOfVersions(published), ...(asked?.news ?? [])], harvest.now);
      return counts;
    });
  }

  /** Stores funded projects; under a topic that the run before did not ask for, nothing is news. */
  private async projects(
    tx: EntityManager,
    { source, now }: Harvest,
    read: ReadProjects,
    grace: Grace,
  ): Promise<Omit<RunCounts, 'unread' | 'unreadWhy'>> {
    const before: { topics: string[] | null }[] = await tx.query(
      `SELECT topics FROM harvest_run WHERE source_id = $1 AND kind = 'full' AND state = 'accepted' ORDER BY ended_at DESC LIMIT 1`,
      [source.id],
    );
    const { projects, ...counts } = await writePortalProjects(tx, source.id, read, {
      before: before[0]?.topics ?? [],
      now,
      grace,
    });
    return { calls: projects, ...counts };
  }

  /** Locks the source, then the run; the order is the same everywhere. */
  private async underWay(
    tx: EntityManager,
    { source, runId }: Harvest,
  ): Promise<{ lastGoodRunAt: Date | null } | null> {
    const sources: { lastGoodRunAt: Date | null }[] = await tx.query(
      'SELECT last_good_run_at AS "lastGoodRunAt" FROM source WHERE id = $1 FOR UPDATE',
      [source.id],
    );
    const runs: unknown[] = await tx.query(
      'SELECT id FROM harvest_run WHERE id = $1 AND ended_at IS NULL FOR UPDATE',
      [runId],
    );
    return runs.length === 1 ? sources[0]! : null;
  }
}

/** Returns a call's status in the source's own list, which only has topics. */
function listedAs({ kind, reference }: Known, { isKnown, living }: ListedNow): Listed {
  if (kind !== 'grant' || !isKnown) return 'unknown';
  return living.has(reference) ? 'living' : 'not-living';
}
