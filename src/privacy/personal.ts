import { Inject, Injectable } from '@nestjs/common';
import { Conflict, Forbidden } from '../kernel/errors.js';
import { PersonRepository } from '../access/store/person.repository.js';
import { Audit } from '../audit/audit.js';
import { ErasureRepository, type PersonalData, PersonalDataRepository } from './store/erasure.repository.js';
import type { ErasedText, Untouched, Whose } from './store/erased-texts.js';
import { Team } from '../access/team.js';
import type { Actor } from '../kernel/actor.js';
import type { Clock } from '../kernel/ports.js';
import { mustSeeAllInside } from '../platform/access/rule.js';
import { CLOCK } from '../platform/tokens.js';
import { acrossInstitutes } from '../platform/database/request-context.js';

/** What an erasure would do, and what it leaves. */
export interface Preview {
  /** How many rows are kept about the person, by kind. */
  data: Record<string, number>;
  /** The texts that change; the words around only where the asker may read them. */
  texts: (Omit<ErasedText, 'around'> & { around: string[] | null })[];
  /** Texts of others that the asker can read. */
  untouched: Untouched[];
  /** Erases what was shown, and nothing else. */
  confirm: string;
}

export interface Erasure {
  rows: number;
  texts: number;
  untouched: Untouched[];
}

/** Somebody wrote since: what would be erased is not what was shown. */
export class ChangedSince extends Conflict<'erasure-changed'> {
  constructor() {
    super('erasure-changed');
  }
}

@Injectable()
export class Personal {
  constructor(
    private readonly data: PersonalDataRepository,
    private readonly erasures: ErasureRepository,
    private readonly people: PersonRepository,
    private readonly team: Team,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Everything kept about the caller, at any institute. */
  async own(actor: Actor): Promise<PersonalData> {
    await this.audit.note('exported', actor.profileId, 'personal-data');
    return everywhere(() => this.data.findByPerson(ofOneself(actor)));
  }

  /**
   * What one's institute, or the network, keeps about an address. Throws Forbidden for people
   * whom the network let in after others.
   */
  async ofAddress(actor: Actor, email: string): Promise<PersonalData> {
    mustSeeAllInside(actor);
    await this.audit.note('exported', actor.profileId, 'personal-data');
    return this.data.findByPerson({ email, at: { profileId: actor.profileId } });
  }

  /** What `eraseOwn` would do. */
  previewOwn(actor: Actor): Promise<Preview> {
    return this.preview(actor, ofOneself(actor));
  }

  /** What `eraseAddress` would do. */
  previewAddress(actor: Actor, email: string): Promise<Preview> {
    mustSeeAllInside(actor);
    return this.preview(actor, { email, at: { profileId: actor.profileId } });
  }

  /**
   * Erases the caller everywhere, as shown by a preview. Throws ChangedSince, and Conflict for the
   * last officer of an institute or the last coordinator.
   */
  eraseOwn(actor: Actor, confirm: string): Promise<Erasure> {
    return this.eraseAsShown(ofOneself(actor), confirm);
  }

  /** Erases an address at one's institute, or the network. Throws like the methods above. */
  async eraseAddress(actor: Actor, email: string, confirm: string): Promise<Erasure> {
    mustSeeAllInside(actor);
    return this.eraseAsShown({ email, at: { profileId: actor.profileId } }, confirm);
  }

  private async preview(actor: Actor, whose: Whose): Promise<Preview> {
    const now = this.clock.now();
    const { texts, mark } = await within(whose, () => this.erasures.texts(whose, now));
    const data = await within(whose, () => this.data.findByPerson(whose));
    return {
      data: Object.fromEntries(Object.entries(data).map(([kind, rows]) => [kind, rows.length])),
      texts: texts.map(({ place, institute, row, field, around, read }) => ({
        ...{ place, institute, row, field, read },
        around: read && institute === actor.profileId && !actor.insideFrom ? around : null,
      })),
      untouched: await this.erasures.untouched(whose, now),
      confirm: mark,
    };
  }

  private async eraseAsShown(whose: Whose, confirm: string): Promise<Erasure> {
    const now = this.clock.now();
    const { mark } = await within(whose, () => this.erasures.texts(whose, now));
    if (mark !== confirm) throw new ChangedSince();
    const untouched = await this.erasures.untouched(whose, now);
    return { ...(await within(whose, () => this.erase(whose))), untouched };
  }

  /** Erases an address. A person who still has access is removed first, so that all their credentials end. */
  private async erase(whose: Whose): Promise<{ rows: number; texts: number }> {
    const person = await this.people.byEmail(whose.email);
    const meant =
      person &&
      (whose.at === 'everywhere' || whose.at.profileId === person.profileId) &&
      person.removedAt === null;
    if (meant) await this.team.leaveErased(person);
    return this.erasures.erase(whose, this.clock.now());
  }
}

const within = <T>({ at }: Whose, work: () => T): T => (at === 'everywhere' ? everywhere(work) : work());

const everywhere = <T>(work: () => T): T =>
  acrossInstitutes('people take out and erase what any institute keeps of them', work);

const ofOneself = (actor: Actor): Whose => ({ email: mailOf(actor), at: 'everywhere' });

function mailOf({ email }: Actor): string {
  if (email === null) throw new Forbidden('of-a-person');
  return email;
}
