import { pageFromMail } from '../domain/landing.js';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, leads, type PersonRole, roleHolds } from '../../kernel/actor.js';
import { type Departure, departureMail, removalMail, removalNotice } from '../domain/sign-in-mails.js';
import { dayAfter, REMOVAL_DAYS } from '../../kernel/lifetimes.js';
import type { RenderedMail } from '../../outbox/domain/mail-page.js';
import {
  newTransactionalMail,
  type NewTransactionalMail,
} from '../../outbox/store/transactional-mail.repository.js';
import { ProfileRepository } from '../../profiles/store/profile.repository.js';
import type { Clock } from '../../kernel/ports.js';
import type { PersonEntity } from '../store/person.entity.js';
import { type Changed, PersonRepository, type Telling } from '../store/person.repository.js';
import { MessagesOfPerson } from '../store/messages-of-person.js';
import type { Environment } from '../../platform/config/environment.js';
import { Queues, job } from '../../platform/queue/job.js';
import { CLOCK, ENVIRONMENT } from '../../platform/tokens.js';
import { MAIL } from '../../outbox/mail.job.js';

/**
 * How somebody left or lost a role, and who did it: null for the operator. `all`: everybody is told in any
 * case, since somebody from outside did it.
 */
interface Told {
  how: Departure['how'];
  by: (Pick<Actor, 'name'> & Partial<Pick<Actor, 'personId'>>) | null;
  all?: boolean;
}

/**
 * Tells the leaders of an institute, or of the network, what ended when somebody left or lost a role, and
 * tells an officer that the network is removing them: nobody may gain access to an institute's internal data
 * by removing its people unnoticed.
 */
@Injectable()
export class Departures {
  constructor(
    private readonly people: PersonRepository,
    private readonly profiles: ProfileRepository,
    private readonly messages: MessagesOfPerson,
    private readonly queues: Queues,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * E-mails an officer whom the network removes, and everybody else at the institute; returns when they
   * leave. The first request counts.
   */
  async ask(officer: PersonEntity, by: Actor): Promise<Date> {
    if (officer.leavesAt) return officer.leavesAt;
    const leavesAt = dayAfter(this.clock.now(), REMOVAL_DAYS);
    const others = (await this.people.findByProfile(officer.profileId)).filter((p) => p.id !== officer.id);
    const { name, language, profileId } = officer;
    const mail = removalMail({
      name,
      language,
      institute: await this.nameOf(profileId!),
      by: by.name,
      leavesAt,
      url: this.teamPage(officer),
    });
    const told = this.transactionalMail('removal', officer, mail);
    const asked = { ...officer, leavesAt, leavesAskedBy: by.name };
    const all = await this.notices(asked, others);
    if (await this.people.askToLeave(officer, { leavesAt, by }, [told, ...all]))
      await this.queues.hurry([told, ...all].map(({ id }) => job(MAIL, { mailId: id })));
    return leavesAt;
  }

  /** On the day before the network's removal takes effect, e-mails everybody at the institute once more. */
  async remind(id: string): Promise<void> {
    const leaving = await this.people.findById(id);
    if (!leaving?.profileId) return;
    const institute = await this.nameOf(leaving.profileId);
    const mailIds = await this.people.remindOfLeaving(id, this.clock.now(), (person, people) =>
      people.map((to) => this.notice(person, to, institute)),
    );
    await this.queues.hurry(mailIds.map((mailId) => job(MAIL, { mailId })));
  }

  private async notices(leaving: PersonEntity, people: PersonEntity[]): Promise<NewTransactionalMail[]> {
    const institute = await this.nameOf(leaving.profileId!);
    return people.map((to) => this.notice(leaving, to, institute));
  }

  private notice(leaving: PersonEntity, to: PersonEntity, institute: string): NewTransactionalMail {
    return this.transactionalMail(
      'removal',
      to,
      removalNotice({
        name: to.name,
        language: to.language,
        officer: leaving.name,
        institute,
        by: leaving.leavesAskedBy ?? '',
        leavesAt: leaving.leavesAt!,
        url: this.teamPage(to),
      }),
    );
  }

  /** Gives a person another role, or removes them if it is null, like `PersonRepository.change`. */
  async change(
    { profileId, id }: Pick<PersonEntity, 'profileId' | 'id'>,
    change: { role: PersonRole | null; keepsOne: boolean },
    told: Told,
  ): Promise<Changed | 'last' | 'unknown'> {
    const telling = await this.telling(profileId, told);
    const done = await this.people.change(profileId, id, change, this.clock.now(), telling);
    if (typeof done !== 'string') await this.hurry(done);
    return done;
  }

  /** Removes an officer who did not keep their place in time. */
  async leave(id: string): Promise<void> {
    const leaving = await this.people.findById(id);
    if (!leaving) return;
    const by = { name: leaving.leavesAskedBy ?? leaving.name };
    const telling = await this.telling(leaving.profileId, { how: 'removed', by, all: true });
    const left = await this.people.leave(id, this.clock.now(), telling);
    if (left) await this.hurry(left);
  }

  /**
   * Returns what writes the e-mails of a change: to each leader if something ended that others may have used,
   * or if something continues that nobody else may know of.
   */
  private async telling(profileId: string | null, { how, by, all = false }: Told): Promise<Telling> {
    const institute = profileId === null ? null : await this.nameOf(profileId);
    const known = profileId === null || how === 'role' ? [] : await this.messages.channelsOf(profileId);
    return ({ person, ended: { serviceKeys, feeds, calendars } }, people) => {
      // A channel belongs to the institute, so it stays, perhaps still sending to the person's address.
      const channels = roleHolds(person.role, 'channel.write') ? known : [];
      if (!all && serviceKeys.length + feeds.length + calendars.length + channels.length === 0) return [];
      const departure = {
        person: person.name,
        by: by?.name ?? null,
        institute,
        how: how === 'removed' && by?.personId === person.id ? ('self' as const) : how,
        serviceKeys,
        feeds,
        calendars,
        channels,
      };
      return people
        .filter((p) => all || leads(p.role))
        .map((to) =>
          this.transactionalMail(
            'departure',
            to,
            departureMail({ ...departure, to: to.name, language: to.language, url: this.teamPage(to) }),
          ),
        );
    };
  }

  private hurry({ mailIds }: Changed): Promise<void> {
    return this.queues.hurry(mailIds.map((mailId) => job(MAIL, { mailId })));
  }

  private async nameOf(profileId: string): Promise<string> {
    return (await this.profiles.findById(profileId))?.content.name ?? profileId;
  }

  private teamPage(to: PersonEntity): string {
    const { profileId } = to;
    return pageFromMail(this.env, to, profileId === null ? '/coordinators' : `/institutes/${profileId}/team`);
  }

  private transactionalMail(
    kind: 'departure' | 'removal',
    { name, email, profileId }: PersonEntity,
    mail: RenderedMail,
  ): NewTransactionalMail {
    return newTransactionalMail(this.env, {
      kind,
      profileId,
      toName: name,
      toAddress: email,
      ...mail,
      createdAt: this.clock.now(),
    });
  }
}
