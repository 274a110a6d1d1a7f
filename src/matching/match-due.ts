import { Inject, Injectable } from '@nestjs/common';
import { job, type NextJob } from '../kernel/jobs.js';
import type { MatchingModel } from './domain/scoring/matching-model.js';
import { CallRepository } from '../calls/store/call.repository.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { SettingRepository } from '../platform/database/setting.repository.js';
import type { DueCheck } from '../platform/schedule/ticker.js';
import { UnmatchedProfiles } from './store/unmatched-profiles.repository.js';
import { VectorStore } from './store/vector-store.js';
import { MATCHING_MODEL } from '../platform/tokens.js';

/** The fingerprint that the stored matches were made with; see `MatchingModel`. */
const MADE_WITH = 'matching.made-with';

/**
 * Finds profiles with outdated matches: their jobs were lost, a file changed them, the matching has changed,
 * or an external model has read more.
 */
@Injectable()
export class MatchDue implements DueCheck {
  constructor(
    private readonly calls: CallRepository,
    private readonly profiles: ProfileRepository,
    private readonly unmatched: UnmatchedProfiles,
    private readonly settings: SettingRepository,
    private readonly vectors: VectorStore,
    @Inject(MATCHING_MODEL) private readonly model: MatchingModel,
  ) {}

  async due(): Promise<NextJob[]> {
    await this.noticeOtherMatching();
    const behind = await this.unmatched.all(await this.calls.lastSeq(), await this.vectors.serving());
    return behind.map((p) => job('match', { profileId: p.id }));
  }

  /** Different vectors, weights, terms or settings give different scores. */
  private async noticeOtherMatching(): Promise<void> {
    const before = await this.settings.find<string>(MADE_WITH);
    if (before === this.model.fingerprint) return;
    if (before !== null || (await this.calls.lastSeq()) !== '0') await this.profiles.matchAllAnew();
    await this.settings.put(MADE_WITH, this.model.fingerprint);
  }
}
