import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock } from '../kernel/ports.js';
import { ProfileRepository } from './store/profile.repository.js';
import type { InstituteFile } from '../platform/config/institutes.js';
import { CLOCK } from '../platform/tokens.js';

/** Loads the profile files into the database: all of them initially, changed ones at each start. */
@Injectable()
export class ProfileSeed {
  private readonly log = new Logger('Profiles');

  constructor(
    private readonly profiles: ProfileRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Safe to run in several processes at once. */
  async apply(files: InstituteFile[]): Promise<void> {
    for (const file of files) {
      const outcome = await this.profiles.applyFile(file, this.clock.now());
      if (outcome === 'applied') this.log.log(`${file.file} changed and was applied`);
      if (outcome === 'conflict') {
        this.log.warn(
          `${file.file} changed, but the profile has been edited through the API since. Nothing was changed; GET /v1/profiles/${file.profile.id} shows both.`,
        );
      }
    }
  }
}
