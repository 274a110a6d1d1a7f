import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Conflict, Forbidden, NotFound } from '../kernel/errors.js';
import {
  type Actor,
  InstituteRole,
  leads,
  may,
  NetworkRole,
  ofNetwork,
  type PersonRole,
  senderOf,
} from '../kernel/actor.js';
import type { Clock } from '../kernel/ports.js';
import { Language } from '../kernel/language.js';
import { type EndedWith, NOTHING_ENDED } from './store/departure.js';
import type { PersonEntity } from './store/person.entity.js';
import { isSettled, PersonRepository } from './store/person.repository.js';
import { RateLimit } from '../platform/access/rate-limit.js';
import { CLOCK } from '../platform/tokens.js';
import { Departures } from './departure/departures.js';
import { Institutes } from './institutes.js';
import { personView, type PersonView } from './api/person-view.js';
import { SignInLinks } from './sign-in-links.js';

/** Why the last coordinator of the network, or the last officer of an institute, cannot be removed. */
const lastRefusal = (profileId: string | null) => (profileId === null ? 'last-coordinator' : 'last-officer');

/** Who is said to invite; null for the operator, who is nobody by name. */
const inviterOf = ({ kind, name }: Actor): string | null => (kind === 'operator' ? null : name);

export const PersonName = z.string().trim().min(1).max(200);
/** An address as stored: in lower case. */
export const Address = z.string().trim().toLowerCase().pipe(z.email().max(320));
const NewPerson = z.strictObject({ name: PersonName, email: Address, language: Language.default('fr') });
export const NewNetworkPerson = NewPerson.extend({ role: NetworkRole.default('coordinator') });
export const NewColleague = NewPerson.extend({ role: InstituteRole.default('officer') });
export const RoleChange = z.strictObject({ role: InstituteRole });
interface Invited {
  name: string;
  email: string;
  language: Language;
  role: PersonRole;
}

/** What a removal has ended, and when they leave if they have some days to keep their place. */
export interface Removed extends EndedWith {
  leavesAt: Date | null;
}

/**
 * The network invites only an institute's first officer; whom else to invite, and in which role, is up to the
 * institute.
 */
export class OfficersInvite extends Forbidden<'officers-invite'> {
  constructor() {
    super('officers-invite');
  }
}

/** The last officer of an institute leaves by their own word, or by a command of the operator. */
export class LastOfficer extends Conflict<'last-officer-leaves-alone'> {
  constructor() {
    super('last-officer-leaves-alone');
  }
}

/** The people of an institute, or of the network if the institute is null. */
@Injectable()
export class Team {
  constructor(
    private readonly people: PersonRepository,
    private readonly institutes: Institutes,
    private readonly signInLinks: SignInLinks,
    private readonly limits: RateLimit,
    private readonly departures: Departures,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws NotFound if there is no institute with this id. */
  async list(profileId: string | null): Promise<PersonView[]> {
    if (profileId !== null) await this.institutes.head(profileId);
    return (await this.people.findByProfile(profileId)).map(personView);
  }

  /**
   * Creates a person and e-mails them an invitation; existing people get another e-mail and stay unchanged.
   * Throws Conflict, without details, if the address belongs to somebody elsewhere, OfficersInvite
   * and TooOften.
   */
  async invite(profileId: string | null, invited: Invited, by: Actor): Promise<PersonView> {
    const institute = profileId === null ? null : await this.institutes.head(profileId);
    await this.mustBeTheirs(profileId, by);
    await this.count(invited.email, by, profileId);
    return this.add(institute, invited, by);
  }

  /** Counts an invitation before anything is created for it. Throws TooOften. */
  async count(email: string, by: Actor, profileId: string | null): Promise<void> {
    await this.limits.take('invitations by one person', senderOf(by));
    await this.limits.take('invitations to an address', email);
    if (profileId !== null) await this.limits.take('invitations of an institute', profileId);
  }

  /** Returns people invited to institutes where nobody has ever signed in. */
  async neverSeen(): Promise<(PersonView & { profileId: string })[]> {
    return (await this.people.neverSeen()).map((p) => ({ ...personView(p), profileId: p.profileId! }));
  }

  /** E-mails the given ones of them again, unless just reminded, and ignores other ids. Throws TooOften. */
  async remind(ids: readonly string[], by: Actor): Promise<void> {
    for (const person of (await this.people.neverSeen()).filter(({ id }) => ids.includes(id))) {
      if (!(await this.limits.allows('reminders to an address', person.email))) continue;
      await this.count(person.email, by, person.profileId);
      const institute = await this.institutes.head(person.profileId!);
      await this.signInLinks.invite(person, institute.name, inviterOf(by));
    }
  }

  /** Invites like `invite`, without counting the invitation. */
  async add(
    institute: { id: string; name: string } | null,
    invited: Invited,
    by: Actor,
  ): Promise<PersonView> {
    const profileId = institute?.id ?? null;
    const made = await this.people.add(
      {
        ...invited,
        id: randomUUID(),
        profileId,
        createdAt: this.clock.now(),
        invitedBy: inviterOf(by),
        invitedById: by.personId,
      },
      ofNetwork(by) ? 'network' : { insideFrom: by.insideFrom ?? null },
    );
    const person = made ?? (await this.people.byEmail(invited.email));
    if (!person || person.profileId !== profileId || person.removedAt !== null) {
      throw new Conflict('address-elsewhere');
    }
    await this.signInLinks.invite(person, institute?.name ?? null, inviterOf(by));
    return personView(person);
  }

  /**
   * Whether they may invite people to that institute and assign roles there; the network may only until the
   * institute has an officer.
   */
  async invites(profileId: string | null, by: Actor): Promise<boolean> {
    return (
      may(by, profileId === null ? 'coordinator.write' : 'team.write') &&
      (profileId === null ||
        !ofNetwork(by) ||
        !(await this.people.findByProfile(profileId)).some((p) => leads(p.role)))
    );
  }

  /**
   * Assigns another role. Throws NotFound, OfficersInvite, and Conflict if the institute
   * would be left without an officer.
   */
  async assign(profileId: string, id: string, role: PersonRole, by: Actor): Promise<PersonView> {
    await this.mustBeTheirs(profileId, by);
    await this.change(profileId, id, role, by);
    return personView((await this.people.findById(id))!);
  }

  /**
   * Removes a person: all that was theirs ends at once, and the remaining leaders are told. An officer
   * removed by the network is e-mailed and may keep their place, unless they have never signed in: nothing
   * ends before they leave; everybody at the institute is told. Throws the same errors as `assign`, and
   * LastOfficer.
   */
  async remove(profileId: string | null, id: string, by: Actor): Promise<Removed> {
    const people = profileId !== null && ofNetwork(by) ? await this.people.findByProfile(profileId) : [];
    const officer = people.find((p) => p.id === id && leads(p.role));
    // An invitation to a wrong address is withdrawn at once.
    if (officer?.lastSeenAt) {
      if (!officer.leavesAt && !people.some((p) => p.id !== id && isSettled(p))) throw new LastOfficer();
      return { ...NOTHING_ENDED, leavesAt: await this.departures.ask(officer, by) };
    }
    return { ...(await this.change(profileId, id, null, by)), leavesAt: null };
  }

  /**
   * Removes an officer, even the last one, by a command of the operator; everybody at the institute is told.
   * Returns them and whether an officer stays. Throws NotFound.
   */
  async removeOfficer(email: string): Promise<{ person: PersonEntity; staffed: boolean; alone: boolean }> {
    const found = await this.people.byEmail(email);
    if (!found || found.removedAt || !leads(found.role) || found.profileId === null)
      throw new NotFound('no-officer', { email });
    const { profileId } = found;
    const told = { how: 'removed', by: null, all: true } as const;
    const done = await this.departures.change(found, { role: null, keepsOne: false }, told);
    if (typeof done === 'string') throw new NotFound('no-officer', { email });
    const others = await this.people.findByProfile(profileId);
    return { person: done.person, staffed: others.some(isSettled), alone: others.length === 0 };
  }

  /**
   * Ends the access of somebody whose data are erased. The leaders who stay are told what ended with them,
   * and not who they were. Throws Conflict for the last officer of an institute or the last
   * coordinator.
   */
  async leaveErased(person: PersonEntity): Promise<void> {
    const told = { how: 'erased', by: null } as const;
    const done = await this.departures.change(person, { role: null, keepsOne: true }, told);
    if (done === 'last') throw new Conflict(lastRefusal(person.profileId));
  }

  /**
   * Lets a person whom the network let in after others see all that lies inside the institute. Throws
   * NotFound.
   */
  async letIn(profileId: string, id: string): Promise<PersonView> {
    const person = (await this.people.findByProfile(profileId)).find((p) => p.id === id);
    if (!person) throw new NotFound('not-on-team');
    await this.people.letIn(id);
    return personView({ ...person, insideFrom: null });
  }

  /** The same by a command of the operator; false if they see all of it. Throws NotFound. */
  async letInAddress(email: string): Promise<boolean> {
    const person = await this.people.byEmail(email);
    if (!person || person.removedAt || person.profileId === null)
      throw new NotFound('nobody-at-institute', { email });
    return this.people.letIn(person.id);
  }

  /** Cancels the network's removal of a person. Throws NotFound. */
  async keep(profileId: string, id: string): Promise<PersonView> {
    const person = (await this.people.findByProfile(profileId)).find((p) => p.id === id);
    if (!person) throw new NotFound('not-on-team');
    await this.people.stay(id);
    return personView({ ...person, leavesAt: null });
  }

  private async mustBeTheirs(profileId: string | null, by: Actor): Promise<void> {
    if (!(await this.invites(profileId, by))) throw new OfficersInvite();
  }

  private async change(
    profileId: string | null,
    id: string,
    role: PersonRole | null,
    by: Actor,
  ): Promise<EndedWith> {
    // The network gets here only for an officer who never signed in; it can invite another.
    const keepsOne = profileId === null || !ofNetwork(by);
    const done = await this.departures.change(
      { profileId, id },
      { role, keepsOne },
      { how: role === null ? 'removed' : 'role', by, all: profileId !== null && ofNetwork(by) },
    );
    if (done === 'unknown') throw new NotFound('not-on-team');
    if (done === 'last') throw new Conflict(lastRefusal(profileId));
    return done.ended;
  }
}
