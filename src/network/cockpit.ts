import { Inject, Injectable } from '@nestjs/common';
import type { Language } from '../kernel/language.js';
import type { Clock } from '../kernel/ports.js';
import type { Group } from './domain/group.js';
import { Groups, membersOf } from './groups.js';
import { NetworkRepository } from './store/network.repository.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import type { ListedCall } from '../calls/store/call.repository.js';
import { isOver } from '../calls/domain/status.js';
import { DAY_MS } from '../kernel/durations.js';
import type { JointView } from './api/joint-views.js';
import { JOINT_OVER, MOST_WANTED } from './domain/joint.js';
import { JointOpportunities } from './joint-opportunities.js';
import { ahead, InCursor, page, type Page, placeOf } from '../platform/api/paging.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';
import { matrixRowView, type MatrixRowView } from './api/matrix-views.js';
import { CockpitRepository, type MatrixFilter } from './store/cockpit.repository.js';

export interface MatrixAsked extends Omit<MatrixFilter, 'members' | 'minScore' | 'folds'> {
  group?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** A page of calls, and the institutes of the chosen group. */
export type Matrix = Page<MatrixRowView> & { institutes: { id: string; name: string }[] };
/** The same for people, with the calls folded below those of the page, and how many are folded in all. */
export type FoldedMatrix = Matrix & { below: ReadonlyMap<string, MatrixRowView[]>; folded: number };

/** A call that could become a joint bid, with the names of the institutes that want it. */
export type CallToBegin = Pick<MatrixRowView, 'call'> & { names: string[] };

/** What waits for the coordination. */
export interface CockpitNeeds {
  /** Joint opportunities that nobody leads, by deadline. */
  leaderless: JointView[];
  /** Calls that close within two weeks, with two institutes at work. */
  closing: ListedCall[];
}
const SOON_MS = 14 * DAY_MS;

/** A person to invite. */
export interface FirstContact {
  name: string;
  email: string;
  language: Language;
}

/** Calls by institute, for the coordination of the network. */
@Injectable()
export class Cockpit {
  constructor(
    private readonly cockpit: CockpitRepository,
    private readonly network: NetworkRepository,
    private readonly groups: Groups,
    private readonly profiles: ProfileRepository,
    private readonly joint: JointOpportunities,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Fits, interests and leads by call and institute. An unknown group is a validation error. */
  async matrix(asked: MatrixAsked): Promise<Matrix> {
    const { below: _, folded: __, ...matrix } = await this.read(asked, false);
    return matrix;
  }

  /** The same with one row for each topic. */
  foldedMatrix(asked: MatrixAsked): Promise<FoldedMatrix> {
    return this.read(asked, true);
  }

  private async read(
    { group, limit, cursor, ...filter }: MatrixAsked,
    folds: boolean,
  ): Promise<FoldedMatrix> {
    const asked = this.groups.asked(group);
    const members = asked && membersOf(asked);
    const behind = placeOf(cursor, InCursor.count) ?? 0;
    const now = this.clock.now();
    const [institutes, { rows, total, folded }] = await Promise.all([
      this.network.names(members),
      this.cockpit.matrix(
        { ...filter, members, minScore: this.settings.digest.minScore, folds },
        now,
        ahead(limit),
        behind,
      ),
    ]);
    const places = rows.map((row, i) => ({ row, behind: behind + i + 1 }));
    return {
      ...page(
        places,
        limit,
        total,
        ({ row }) => matrixRowView(row, now),
        (p) => p.behind,
      ),
      institutes,
      folded,
      below: new Map(rows.map((row) => [row.call.id, row.below.map((one) => matrixRowView(one, now))])),
    };
  }

  /** Calls wanted by two or more institutes, of a group if given, without a joint bid, by deadline. */
  async toBegin(group: Group | null): Promise<CallToBegin[]> {
    const now = this.clock.now();
    const filter = { members: group && membersOf(group), minScore: this.settings.digest.minScore };
    const { rows } = await this.cockpit.matrix(
      { ...filter, show: 'wanted', sort: 'deadline' },
      now,
      MOST_WANTED,
      0,
    );
    return rows
      .filter(({ joint, interests }) => joint === null && interests.length > 1)
      .map((row) => ({ ...matrixRowView(row, now), names: row.interests.map(({ name }) => name) }));
  }

  async needs(): Promise<CockpitNeeds> {
    const now = this.clock.now();
    const [joint, closing] = await Promise.all([
      this.joint.list(null),
      this.cockpit.closingTogether(now, new Date(now.getTime() + SOON_MS)),
    ]);
    return {
      leaderless: joint.filter(
        ({ call, lead, stage, members }) =>
          lead === null && members.length > 0 && !JOINT_OVER.includes(stage) && !isOver(call.status),
      ),
      closing,
    };
  }

  /**
   * The person to invite first at each institute, and their language: the first contact in its profile, in
   * the language of their messages.
   */
  async contacts(): Promise<Map<string, FirstContact>> {
    const profiles = await this.profiles.findAll();
    return new Map(
      profiles.map(({ id, content: { contacts, language } }) => {
        const [first] = contacts;
        return [
          id,
          { name: first?.name ?? '', email: first?.email ?? '', language: first?.language ?? language },
        ];
      }),
    );
  }

  /** The number of open interests of each institute. */
  opened(): Promise<Map<string, number>> {
    return this.cockpit.opened();
  }
}
