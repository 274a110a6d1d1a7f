import { Inject, Injectable } from '@nestjs/common';
import { may } from '../../kernel/actor.js';
import { shortened } from '../../kernel/one-line.js';
import { nameIn } from '../../profiles/domain/name-in.js';
import { Calendars, MOST_CALENDARS, type CalendarOwner } from '../calendars.js';
import { LONGEST_NAME } from '../../access/secret-address.js';
import type { CalendarView } from '../api/calendar-views.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/tokens.js';
import type { Viewer } from '../../ui/viewer.js';
import { namedIn } from '../../kernel/language.js';

export type CalendarListKind = CalendarOwner['kind'];

/** Links of one kind, and where to create another. */
export interface CalendarList {
  kind: CalendarListKind;
  title: string;
  help: string;
  /** The default name of a calendar. */
  name: string;
  action: string;
  writes: boolean;
  /** `of` is the group's name, if it is one of several. */
  calendars: { calendar: CalendarView; revoke: string; of: string | null }[];
  groups: { id: string; name: string }[];
}

/** The links that a person sees: their own and their institute's, or those of all groups. */
@Injectable()
export class CalendarLists {
  constructor(
    private readonly calendars: Calendars,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async forViewer(v: Viewer): Promise<CalendarList[]> {
    const { personId, profileId, profileName } = v.actor!;
    if (profileId === null) return this.settings.groups.length ? [await this.ofGroups(v)] : [];
    const own =
      personId === null
        ? []
        : [
            await this.list(
              v,
              { kind: 'own', personId },
              {
                title: v.t('calendars.own'),
                name: v.t('calendars.own-name'),
                action: '/account/calendars',
                writes: true,
              },
            ),
          ];
    const name = profileName ?? profileId;
    const options = {
      title: v.t('calendars.institute', { name: nameIn(name, 'of', v.language) }),
      name: shortened(v.t('calendars.institute-name', { name }), LONGEST_NAME),
      action: `/institutes/${profileId}/calendars`,
      writes: may(v.actor, 'calendar.write') && personId !== null,
    };
    return [...own, await this.list(v, { kind: 'institute', profileId }, options)];
  }

  private async list(
    v: Viewer,
    owner: CalendarOwner,
    options: Pick<CalendarList, 'title' | 'name' | 'action' | 'writes'>,
  ): Promise<CalendarList> {
    const { items } = await this.calendars.list(owner, { limit: MOST_CALENDARS });
    return {
      ...options,
      kind: owner.kind,
      help: v.t(`calendars.${owner.kind}-help`),
      groups: [],
      calendars: items.map((calendar) => ({
        calendar,
        revoke: `${options.action}/${calendar.id}/revoke`,
        of: null,
      })),
    };
  }

  private async ofGroups(v: Viewer): Promise<CalendarList> {
    const groups = this.settings.groups.map(({ id, name }) => ({ id, name: namedIn(name, v.language) }));
    const calendars = await Promise.all(
      groups.map(async ({ id, name }) => {
        const { items } = await this.calendars.list(
          { kind: 'group', groupId: id },
          { limit: MOST_CALENDARS },
        );
        return items.map((calendar) => ({
          calendar,
          revoke: `/groups/${id}/calendars/${calendar.id}/revoke`,
          of: name,
        }));
      }),
    );
    return {
      kind: 'group',
      title: v.t('calendars.group'),
      help: v.t('calendars.group-help'),
      name: v.t('calendars.group-name'),
      action: '/groups/calendars',
      writes: may(v.actor, 'network.write') && v.actor!.personId !== null,
      groups,
      calendars: calendars.flat(),
    };
  }
}
