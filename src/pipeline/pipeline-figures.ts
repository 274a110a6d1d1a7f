import { Inject, Injectable } from '@nestjs/common';
import { RecallSamples } from '../decisions/recall-samples.js';
import { Contributions } from '../funded-projects/contributions.js';
import type { YearOfContributions } from '../funded-projects/domain/contributions.js';
import { beginning, dayAfter } from '../kernel/brussels.js';
import {
  figuresOf,
  figuresOfNetwork,
  LEAST_INSTITUTES,
  type Activity,
  type FiguresOfPeriod,
  type Sector,
} from './domain/figures.js';
import { FiguresRepository, type FiguresScope } from './store/figures.repository.js';
import { type Lead, leadOf } from '../harvest/domain/lag.js';
import { LagRepository } from '../harvest/store/source.repository.js';
import type { Settings } from '../platform/config/settings.js';
import { acrossInstitutes } from '../platform/database/request-context.js';
import { SETTINGS } from '../platform/tokens.js';

/** Days in Brussels, both inclusive; undefined means no limit. */
export interface Period {
  from?: string | undefined;
  to?: string | undefined;
}

/** Too few institutes to say anything: unlike zero. */
const NOT_SHOWN: Activity = {
  told: null,
  read: null,
  decided: null,
  relevant: null,
  asked: null,
  answered: null,
  medianDays: null,
};

const scopeOf = (profileId: string | null, { from, to }: Period): FiguresScope => ({
  profileId,
  from: from === undefined ? null : beginning(from),
  to: to === undefined ? null : dayAfter(to),
});

/** Figures of what institutes were sent, decided, asked for and won. */
@Injectable()
export class PipelineFigures {
  constructor(
    private readonly figures: FiguresRepository,
    private readonly contributed: Contributions,
    private readonly samples: RecallSamples,
    private readonly lags: LagRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** EU contributions to the claimed projects of an institute; of all institutes if null. */
  contributions(profileId: string | null): Promise<YearOfContributions[]> {
    return profileId === null ? this.contributed.ofNetwork() : this.contributed.ofInstitute(profileId);
  }

  async ofInstitute(profileId: string, period: Period): Promise<FiguresOfPeriod> {
    const [{ activity, bids }, recall, drafts] = await Promise.all([
      this.forPeriod(profileId, period),
      this.samples.recall(profileId),
      this.lead(period),
    ]);
    return { ...figuresOf(activity, bids, recall), drafts };
  }

  /** Figures of all institutes together; those based on too few institutes are left out. */
  async ofNetwork(period: Period): Promise<FiguresOfPeriod> {
    const { institutes, activity, bids } = await acrossInstitutes(
      'the figures of the network count what all institutes do',
      () => this.forPeriod(null, period),
    );
    const told = institutes < LEAST_INSTITUTES ? NOT_SHOWN : activity;
    return { ...figuresOfNetwork(told, bids, this.sectors()), drafts: await this.lead(period) };
  }

  private async lead(period: Period): Promise<Lead> {
    return leadOf(await this.lags.foreseen(scopeOf(null, period)));
  }

  /** The groups that have named members. */
  private sectors(): Sector[] {
    return this.settings.groups.flatMap(({ id, members }) => (members === 'all' ? [] : [{ id, members }]));
  }

  private async forPeriod(profileId: string | null, period: Period) {
    const scope = scopeOf(profileId, period);
    const [{ institutes, ...activity }, bids] = await Promise.all([
      this.figures.activity(scope),
      this.figures.bids(scope),
    ]);
    return { institutes, activity, bids };
  }
}
