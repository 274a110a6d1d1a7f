import { Inject, Injectable } from '@nestjs/common';
import { beginning, monthsLater } from '../kernel/brussels.js';
import { summaryOf, summaryText, type SummaryView } from '../calls/domain/summary.js';
import { changeSentences } from '../calls/domain/facts/change-sentences.js';
import { isOver, statusAt } from '../calls/domain/status.js';
import { nextDeadlineOf } from '../calls/domain/facts/deadline.js';
import { contactReason, organisationText } from '../funded-projects/domain/whom-to-call.js';
import { ProjectsOfCall } from '../funded-projects/projects-of-call.js';
import { NetworkRepository } from './store/network.repository.js';
import type { Clock } from '../kernel/ports.js';
import type { Language } from '../kernel/language.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';
import { JOINT_OVER, MOST_WANTED } from './domain/joint.js';
import type { PackCall, PackJoint, PackMaterial } from './domain/pack.js';
import { CockpitRepository, type MatrixRow } from './store/cockpit.repository.js';
import { JointOpportunityRepository, type JointRow } from './store/joint-opportunity.repository.js';
import { PaperRepository } from './store/paper.repository.js';

/** Most calls named per section; the rest are counted. */
const MOST_CALLS = 15;
const DUE_DAYS = 90;
/** More questions would not fit an agenda. */
const MOST_OPEN = 8;
/** For how many calls the pack says whom to call, and how many organisations. */
const [MOST_TO_CALL_FOR, MOST_TO_CALL] = [10, 3];

/** The institutes, month and language of a pack. */
export interface PackAsked {
  members: readonly string[] | null;
  month: string;
  language: Language;
}

/** Collects the data for a meeting pack. */
@Injectable()
export class PackMaker {
  constructor(
    private readonly cockpit: CockpitRepository,
    private readonly joint: JointOpportunityRepository,
    private readonly papers: PaperRepository,
    private readonly network: NetworkRepository,
    private readonly projects: ProjectsOfCall,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async material({ members, month, language }: PackAsked): Promise<PackMaterial> {
    const now = this.clock.now();
    const seen = { from: beginning(`${month}-01`), to: beginning(`${monthsLater(month, 1)}-01`) };
    const filter = { members, minScore: this.settings.digest.minScore, show: 'two' as const };
    const [names, fresh, due, wanted, moved, all] = await Promise.all([
      this.network.names(null),
      this.cockpit.matrix({ ...filter, seen, sort: 'fits', folds: true }, now, MOST_CALLS, 0),
      this.cockpit.matrix({ ...filter, within: DUE_DAYS, sort: 'deadline', folds: true }, now, MOST_CALLS, 0),
      this.cockpit.matrix({ ...filter, show: 'wanted', sort: 'deadline' }, now, MOST_WANTED, 0),
      this.papers.moved(filter, seen, MOST_CALLS),
      this.joint.list({ group: members }, now),
    ]);
    // Nobody answers for one that all its members have left.
    const joint = all.filter((j) => j.members.length > 0);
    const nameOf = new Map(names.map((n) => [n.id, n.name]));
    const calls = ({ rows, total }: { rows: MatrixRow[]; total: number }) => ({
      calls: rows.map((row) => packCall(row, nameOf, { now, language })),
      more: total - rows.flatMap((row) => [row, ...row.below]).length,
    });
    const open = wanted.rows.filter((row) => row.joint === null && row.interests.length > 1);
    const over = ({ row }: JointRow): boolean => JOINT_OVER.includes(row.stage);
    const within = ({ row }: JointRow): boolean => row.stageAt >= seen.from && row.stageAt < seen.to;
    const together = [
      ...joint
        .filter((j) => !over(j))
        .map((j) => ({ call: j.call, members: j.members.map((m) => m.profileId) })),
      ...open.map(({ call, interests }) => ({ call, members: interests.map((i) => i.profileId) })),
    ];
    return {
      fresh: calls(fresh),
      due: calls(due),
      moved: moved.map(({ title, changes, deadlines }) => ({
        title,
        says: changeSentences(
          changes.filter((c) => c.field === 'deadlines'),
          language,
          { deadlines: deadlines as never },
        ).join(' '),
      })),
      joint: joint.filter((j) => !over(j)).map((j) => packJoint(j, now)),
      open: calls({ rows: open.slice(0, MOST_OPEN), total: open.length }),
      whom: await this.whom(together.slice(0, MOST_TO_CALL_FOR), language),
      results: joint.filter((j) => over(j) && within(j)).map((j) => packJoint(j, now)),
    };
  }

  /** Whom to call for each of these calls; those without anybody are left out. */
  private async whom(
    calls: { call: { id: string; content: { title: string } }; members: string[] }[],
    language: Language,
  ): Promise<PackMaterial['whom']> {
    const found: PackMaterial['whom'] = [];
    for (const { call, members: asked } of calls) {
      const { whomToCall } = await this.projects.forCall(call.id, asked);
      const organisations = whomToCall
        .slice(0, MOST_TO_CALL)
        .map((one) => `${organisationText(one, language)}, ${contactReason(one, language)}`);
      if (organisations.length) found.push({ title: call.content.title, organisations });
    }
    return found;
  }
}

const packSummary = (summary: SummaryView | null, language: Language): string | null =>
  summary && summaryText(summary, language);

/** A call with those folded below it, as one: whom one of them fits, and who wants one of them. */
function packCall(
  row: MatrixRow,
  names: Map<string, string>,
  { now, language }: { now: Date; language: Language },
): PackCall {
  const all = [row, ...row.below];
  const fits = new Map<string, number>();
  for (const [id, score] of all.flatMap((one) => [...one.fits]))
    fits.set(id, Math.max(score, fits.get(id) ?? 0));
  return {
    title: row.call.content.title,
    identifiers: all.flatMap(({ call }) => call.content.identifier ?? []),
    summary: packSummary(summaryOf(row.call, language), language),
    nextDeadlines: all.flatMap(({ call }) => nextDeadlineOf(call, now) ?? []),
    fits: [...fits].sort(([, a], [, b]) => b - a).map(([id]) => names.get(id) ?? id),
    wants: [...new Set(all.flatMap(({ interests }) => interests.map((i) => i.name)))],
  };
}

const packJoint = ({ row, call, members }: JointRow, now: Date): PackJoint => ({
  title: call.content.title,
  over: isOver(statusAt(call, now)),
  nextDeadline: nextDeadlineOf(call, now),
  stage: row.stage,
  stageAt: row.stageAt.toISOString(),
  lead: members.find((m) => m.profileId === row.leadId)?.name ?? null,
  members: members.map((m) => m.name),
  wanted: row.wanted,
  wantedBy: row.wantedBy,
});
