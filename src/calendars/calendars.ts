import { Inject, Injectable } from '@nestjs/common';
import { Conflict, Forbidden, NotFound } from '../kernel/errors.js';
import type { Actor } from '../kernel/actor.js';
import type { Clock } from '../kernel/ports.js';
import { type CalendarOwner, CalendarRepository, type NewCalendar } from './store/calendar.repository.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { addressView, newAddress } from '../access/secret-address.js';
import { AtPlace, ahead, page, placeOf, type Page } from '../platform/api/paging.js';
import type { Environment } from '../platform/config/environment.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, ENVIRONMENT, SETTINGS } from '../platform/tokens.js';
import type { CalendarInput, CalendarView, ListQuery, MadeCalendar } from './api/calendar-views.js';

export type { CalendarOwner };

/** The maximum per owner: nobody can keep track of more. */
export const MOST_CALENDARS = 20;

/**
 * Secret links from which calendars read deadlines. An institute's calendar reveals its decisions, so only
 * the institute creates and sees it. A link stops working when its creator leaves the institute or the
 * network.
 */
@Injectable()
export class Calendars {
  constructor(
    private readonly calendars: CalendarRepository,
    private readonly profiles: ProfileRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns a page of the active links, newest first. */
  async list(owner: CalendarOwner, { limit, cursor }: ListQuery): Promise<Page<CalendarView>> {
    await this.mustBe(owner);
    const { addresses, total } = await this.calendars.list(owner, ahead(limit), placeOf(cursor, AtPlace));
    return page(addresses, limit, total, addressView, (c) => ({ at: c.createdAt.toISOString(), id: c.id }));
  }

  /** Creates a link and shows it for the only time. */
  async make(actor: Actor, owner: CalendarOwner, input: CalendarInput): Promise<MadeCalendar> {
    const { profileId } = actor;
    const { secret, address } = newAddress(actor, input, this.clock.now());
    if (owner.kind === 'own' && profileId === null) throw new Forbidden('personal-calendar-of-institute');
    await this.mustBe(owner);
    const calendar: NewCalendar = {
      ...address,
      kind: owner.kind,
      profileId,
      groupId: owner.kind === 'group' ? owner.groupId : null,
    };
    if (!(await this.calendars.add(owner, calendar, MOST_CALENDARS)))
      throw new Conflict('most-calendars', { most: MOST_CALENDARS });
    return {
      ...addressView({ ...calendar, madeBy: actor.name, lastReadAt: null }),
      address: `${this.env.PUBLIC_URL}/calendars/${secret}.ics`,
    };
  }

  /** Revokes a link, which then answers like an unknown one. Throws if the owner does not have it. */
  async revoke(owner: CalendarOwner, id: string): Promise<CalendarView> {
    const calendar = await this.calendars.findActive(owner, id);
    if (!calendar || !(await this.calendars.revoke(id, this.clock.now())))
      throw new NotFound('no-calendar', { id });
    return addressView(calendar);
  }

  private async mustBe(owner: CalendarOwner): Promise<void> {
    if (owner.kind === 'institute') await this.profiles.get(owner.profileId);
    if (owner.kind === 'group' && !this.settings.groups.some((g) => g.id === owner.groupId))
      throw new NotFound('no-group', { id: owner.groupId });
  }
}
