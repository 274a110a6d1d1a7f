import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock } from '../kernel/ports.js';
import { ProfileRepository } from './store/profile.repository.js';
import type { InstituteFile } from './domain/profile.js';
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
    const [applied, conflicts]: [string[], string[]] = [[], []];
    for (const file of files) {
      const outcome = await this.profiles.applyFile(file, this.clock.now());
      if (outcome === 'applied') applied.push(file.file);
      if (outcome === 'conflict') conflicts.push(file.file);
    }
    // In one line each: an update of the program may change all files.
    if (applied.length) this.log.log(`Changed and applied: ${applied.join(', ')}`);
    if (conflicts.length)
      this.log.warn(
        `Changed, but not applied, because these profiles have been edited in the program since: ${conflicts.join(', ')}. GET /v1/profiles/{id} shows both.`,
      );
  }
}
