import { Injectable } from '@nestjs/common';
import { CallRepository } from '../../persistence/repositories/call.repository.js';
import { ProfileRepository } from '../../persistence/repositories/profile.repository.js';
import { SourceRepository } from '../../persistence/repositories/source.repository.js';
import { TellingRepository } from '../../persistence/repositories/telling.repository.js';

/** Whether what we know is enough to write to people about it. */
@Injectable()
export class Readiness {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly calls: CallRepository,
    private readonly sources: SourceRepository,
    private readonly telling: TellingRepository,
  ) {}

  /** The last place in the order of events. */
  lastEvent(): Promise<string> {
    return this.telling.lastEvent();
  }

  /** Some source was read well, and these profiles, all where it is null, are matched with all that is stored. */
  async matched(profileIds: string[] | null): Promise<boolean> {
    if (!(await this.sources.all()).some((s) => s.lastGoodRunAt)) return false;
    const last = BigInt(await this.calls.lastSeq());
    const states = await this.profiles.matchedStates(profileIds);
    return states.every((p) => p.matchedRevision === p.revision && BigInt(p.matchedSeq) >= last);
  }
}
