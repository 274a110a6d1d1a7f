import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Invalid, NotFound } from '../kernel/errors.js';
import { wrong } from '../kernel/issues.js';
import { statusAt } from '../calls/domain/status.js';
import { belongsTo, type Group } from './domain/group.js';
import { type Language, namedIn } from '../kernel/language.js';
import type { Clock } from '../kernel/ports.js';
import { NetworkRepository, type InstituteName } from './store/network.repository.js';
import { ahead, InCursor, page, type Page, placeOf } from '../platform/api/paging.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';
import type { GroupMatch, GroupView } from './api/network-views.js';

const Place = z.object({ score: InCursor.number, id: InCursor.id });

/** Returns the ids in a group; null if it is all institutes. */
export const membersOf = ({ members }: Pick<Group, 'members'>): string[] | null =>
  members === 'all' ? null : members;

@Injectable()
export class Groups {
  constructor(
    private readonly network: NetworkRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In configuration order. */
  get all(): readonly Group[] {
    return this.settings.groups;
  }

  /** Returns their names, to choose from. */
  named(language: Language): { id: string; name: string }[] {
    return this.all.map(({ id, name }) => ({ id, name: namedIn(name, language) }));
  }

  /** Throws NotFound if there is no group with this id. */
  findById(id: string): Group {
    const group = this.all.find((g) => g.id === id);
    if (!group) throw new NotFound('no-group', { id });
    return group;
  }

  /** Returns the requested group; an unknown id is a validation error of that field. */
  asked(id: string | undefined): Group | null {
    const group = this.all.find((g) => g.id === id);
    if (id !== undefined && !group)
      throw new Invalid([
        wrong(['group'], 'not-a-group', { known: this.all.map((g) => g.id).join(', ') || 'none' }),
      ]);
    return group ?? null;
  }

  async views(groups: readonly Group[]): Promise<GroupView[]> {
    const names = await this.network.names(null);
    return groups.map((group) =>
      viewOf(
        group,
        names.filter(({ id }) => belongsTo(group, id)),
      ),
    );
  }

  /** Returns calls that match at least one member, best for the group first. */
  async matches(
    id: string,
    { minScore, limit, cursor }: { minScore?: number | undefined; limit: number; cursor: string | undefined },
  ): Promise<Page<GroupMatch>> {
    const filter = {
      members: membersOf(this.findById(id)),
      minScore: minScore ?? this.settings.digest.minScore,
    };
    const now = this.clock.now();
    const { items, total } = await this.network.bestCalls(filter, now, ahead(limit), placeOf(cursor, Place));
    const view = ({ call, score, members }: (typeof items)[number]): GroupMatch => {
      const { title, identifier, url, deadlines } = call.content;
      return {
        call: {
          id: call.id,
          title,
          identifier,
          programme: call.programme,
          status: statusAt(call, now),
          deadlines,
          url,
        },
        score,
        members,
      };
    };
    return page(items, limit, total, view, ({ call, score }) => ({ score, id: call.id }));
  }
}

const viewOf = ({ id, name, confirmed, source }: Group, members: InstituteName[]): GroupView => ({
  id,
  name,
  members,
  confirmed,
  source: (typeof source === 'string' ? source : source.en) || null,
  sourceByLanguage: typeof source === 'string' ? null : source,
});
