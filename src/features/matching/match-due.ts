import { Injectable } from '@nestjs/common';
import { job, type NextJob } from '../../domain/jobs.js';
import { CallRepository } from '../../persistence/repositories/call.repository.js';
import { ProfileRepository } from '../../persistence/repositories/profile.repository.js';
import type { DueCheck } from '../../platform/schedule/ticker.js';

/** Profiles whose matches are behind: their jobs were lost, or a file changed them. */
@Injectable()
export class MatchDue implements DueCheck {
  constructor(
    private readonly calls: CallRepository,
    private readonly profiles: ProfileRepository,
  ) {}

  async due(): Promise<NextJob[]> {
    const behind = await this.profiles.behind(await this.calls.lastSeq());
    return behind.map((p) => job('match', { profileId: p.id }));
  }
}
