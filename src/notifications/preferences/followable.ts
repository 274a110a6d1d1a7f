import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Forbidden, NotFound } from '../../kernel/errors.js';
import { type Actor, may } from '../../kernel/actor.js';
import { ProfileRepository } from '../../profiles/store/profile.repository.js';
import { RecentCallRepository } from '../../calls/store/call.repository.js';
import { SavedSearchRepository } from '../../decisions/store/saved-search.repository.js';
import type { Target } from '../store/follow.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/tokens.js';

const isId = (text: string): boolean => z.uuid().safeParse(text).success;

/** Who may follow what: anything they may see. */
@Injectable()
export class Followable {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly calls: RecentCallRepository,
    private readonly searches: SavedSearchRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Throws Forbidden if it belongs to another institute, NotFound if it does not exist. */
  async check(actor: Actor, { kind, target }: Target): Promise<void> {
    if (kind === 'profile' && !may(actor, 'match.read', target)) throw new Forbidden('of-another-institute');
    // A group shows which calls fit which members: only the network may see that.
    if (kind === 'group' && !may(actor, 'network.read')) throw new Forbidden('network-only');
    if (!(await this.isThere(actor, { kind, target })))
      throw new NotFound(kind === 'search' ? 'no-saved-search' : `no-${kind}`, { id: target });
  }

  private async isThere({ personId, profileId }: Actor, { kind, target }: Target): Promise<boolean> {
    if (kind === 'profile') return (await this.profiles.findById(target)) !== null;
    if (kind === 'group') return this.settings.groups.some((g) => g.id === target);
    if (!isId(target)) return false;
    if (kind === 'call') return (await this.calls.byIds([target])).has(target);
    return (await this.searches.byIds([target])).some(
      (s) => s.personId === personId && s.profileId === profileId,
    );
  }
}
