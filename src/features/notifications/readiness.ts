import { Injectable } from '@nestjs/common';
import type { ProfileEntity } from '../../persistence/entities/profile.entity.js';
import { CallRepository } from '../../persistence/repositories/call.repository.js';
import { ProfileRepository } from '../../persistence/repositories/profile.repository.js';
import { SourceRepository } from '../../persistence/repositories/source.repository.js';

/** Whether what we know is enough to write to people about it. */
@Injectable()
export class Readiness {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly calls: CallRepository,
    private readonly sources: SourceRepository,
  ) {}

  /** The profile, where some source was read well and the profile is matched with all that is stored; else null. */
  async matched(profileId: string): Promise<ProfileEntity | null> {
    const profile = await this.profiles.find(profileId);
    if (!profile || profile.matchedRevision !== profile.revision) return null;
    if (BigInt(profile.matchedSeq) < BigInt(await this.calls.lastSeq())) return null;
    return (await this.sources.all()).some((s) => s.lastGoodRunAt) ? profile : null;
  }
}
