import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Profile } from '../profiles/domain/profile.js';
import { translateTo } from '../i18n/translate.js';
import { Language } from '../kernel/language.js';
import { Conflict } from '../kernel/errors.js';
import type { Actor } from '../kernel/actor.js';
import { editorOf } from '../profiles/domain/contacts/word.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import type { Clock } from '../kernel/ports.js';
import { PersonRepository } from './store/person.repository.js';
import { CLOCK } from '../platform/tokens.js';
import type { PersonView } from './api/person-view.js';
import { Address, PersonName, Team } from './team.js';

/**
 * The initial profile of an institute that nobody has described yet. Its one competence has no weight, and
 * the first real one replaces it.
 */
export const draftProfile = ({
  id,
  name,
  language,
}: {
  id: string;
  name: string;
  language: Language;
}): Profile =>
  Profile.parse({
    id,
    name,
    language,
    confirmed: false,
    competences: [{ label: translateTo(language)('new-institute.to-describe'), weight: 0 }],
  });

/** A coordinator's invitation of an institute, with its first officer. */
export const InstituteInvitation = z.strictObject({
  id: Profile.shape.id,
  name: Profile.shape.name,
  language: Language.default('fr'),
  officer: z.strictObject({ name: PersonName, email: Address }),
});
export type InstituteInvitation = z.infer<typeof InstituteInvitation>;

@Injectable()
export class NewInstitute {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly people: PersonRepository,
    private readonly team: Team,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Creates the institute with a draft profile and invites its first officer. Throws Conflict if the
   * id or the address is taken, and whatever `Team.count` throws.
   */
  async invite({ id, name, language, officer }: InstituteInvitation, by: Actor): Promise<PersonView> {
    // Checked and counted first, so that no institute is left behind without an invitation.
    const known = await this.people.byEmail(officer.email);
    if (known && known.removedAt === null) throw new Conflict('first-officer-has-account');
    await this.team.count(officer.email, by, null);
    if (
      !(await this.profiles.create(draftProfile({ id, name, language }), editorOf(by, id), this.clock.now()))
    ) {
      throw new Conflict('institute-exists', { id });
    }
    return this.team.add({ id, name }, { ...officer, language, role: 'officer' }, by);
  }
}
