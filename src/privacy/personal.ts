import { ConflictException, ForbiddenException, Inject, Injectable } from '@nestjs/common';
import { PersonRepository } from '../access/store/index.js';
import { Audit } from '../audit/index.js';
import type { Actor } from '../kernel/actor.js';
import type { Clock } from '../kernel/ports.js';
import { CLOCK } from '../platform/tokens.js';
import { PersonalDataRepository, type PersonalData, type Whose } from './store/index.js';
import { lastRefusal } from '../access/domain/index.js';
import { acrossInstitutes } from '../platform/database/acting.js';

/** Exports and erases personal data. */
@Injectable()
export class Personal {
  constructor(
    private readonly data: PersonalDataRepository,
    private readonly people: PersonRepository,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Everything kept about the caller, at any institute. */
  async own(actor: Actor): Promise<PersonalData> {
    await this.audit.note('exported', actor.profileId, 'personal-data');
    return everywhere(() => this.data.of({ email: mailOf(actor), at: 'everywhere' }));
  }

  /**
   * What one's institute, or the network, keeps about an address. Throws ForbiddenException for read-only
   * access.
   */
  async ofAddress(actor: Actor, email: string): Promise<PersonalData> {
    mayAct(actor);
    await this.audit.note('exported', actor.profileId, 'personal-data');
    return this.data.of({ email, at: { profileId: actor.profileId } });
  }

  /**
   * Erases the caller everywhere. Throws ConflictException for the last officer of an institute or the last
   * coordinator.
   */
  async eraseOwn(actor: Actor): Promise<number> {
    return everywhere(() => this.erase({ email: mailOf(actor), at: 'everywhere' }));
  }

  /** Erases an address at one's institute, or the network. Throws like the methods above. */
  async eraseAddress(actor: Actor, email: string): Promise<number> {
    mayAct(actor);
    return this.erase({ email, at: { profileId: actor.profileId } });
  }

  /** Erases an address. A person who still has access is removed first, so that all their credentials end. */
  async erase(whose: Whose): Promise<number> {
    const person = await this.people.byEmail(whose.email);
    const meant =
      person &&
      (whose.at === 'everywhere' || whose.at.profileId === person.profileId) &&
      person.removedAt === null;
    if (meant) {
      const done = await this.people.change(
        person.profileId,
        person.id,
        { role: null, keepsOne: true },
        this.clock.now(),
      );
      if (done === 'last') throw new ConflictException(lastRefusal(person.profileId));
    }
    return this.data.erase(whose);
  }
}

const everywhere = <T>(work: () => T): T =>
  acrossInstitutes('people take out and erase what any institute keeps of them', work);

function mailOf({ email }: Actor): string {
  if (email === null)
    throw new ForbiddenException('This belongs to a person: sign in, or use a personal key.');
  return email;
}

function mayAct({ writes }: Actor): void {
  if (!writes) throw new ForbiddenException('This access is read-only.');
}
