import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Conflict, Invalid, NotFound } from '../kernel/errors.js';
import { wrong } from '../kernel/issues.js';
import { renamed } from '../kernel/borne-names.js';
import type { Clock } from '../kernel/ports.js';
import type { Profile } from '../profiles/domain/profile.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { pastedPeople, type LineProblem, type PastedPerson } from './domain/pasted-people.js';
import type { ResearcherEntity } from './store/proposal.entity.js';
import { ResearcherRepository, type ResearcherPlace } from './store/researcher.repository.js';
import { CLOCK } from '../platform/tokens.js';
import { ResearcherInput, researcherView, type ResearcherView } from './api/researcher-views.js';

/** More people than the largest institute has; each list of them is read whole. */
export const MOST_RESEARCHERS = 5_000;

const labelsOf = (profile: Profile): string[] => profile.competences.map((c) => c.label);

@Injectable()
export class Researchers {
  constructor(
    private readonly researchers: ResearcherRepository,
    private readonly profiles: ProfileRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async profile(profileId: string): Promise<Profile> {
    return (await this.profiles.get(profileId)).content;
  }

  /** All researchers of the institute, by name. */
  async all(profileId: string): Promise<ResearcherView[]> {
    const labels = labelsOf(await this.profile(profileId));
    return (await this.researchers.all(profileId)).map((r) => researcherView(r, labels));
  }

  async list(
    profileId: string,
    limit: number,
    after: ResearcherPlace | null,
  ): Promise<{ researchers: ResearcherView[]; total: number }> {
    const labels = labelsOf(await this.profile(profileId));
    const { researchers, total } = await this.researchers.list(profileId, limit, after);
    return { researchers: researchers.map((r) => researcherView(r, labels)), total };
  }

  async viewById(profileId: string, id: string): Promise<ResearcherView> {
    return researcherView(await this.get(profileId, id), labelsOf(await this.profile(profileId)));
  }

  /**
   * Adds a person; null if the institute already has that address. Throws if the profile lacks one of the
   * competences, or if the list is full.
   */
  async add(profileId: string, input: ResearcherInput): Promise<ResearcherView | null> {
    await this.checkRoom(profileId, [input.email.toLowerCase()]);
    const now = this.clock.now();
    const row = {
      ...(await this.rowOf(profileId, input)),
      id: randomUUID(),
      profileId,
      nameSince: now,
      formerNames: [],
      createdAt: now,
      updatedAt: now,
    };
    return (await this.researchers.add(row)) ? this.viewById(profileId, row.id) : null;
  }

  /** Replaces a person's details, under the same conditions. */
  async change(profileId: string, id: string, input: ResearcherInput): Promise<ResearcherView | null> {
    const before = await this.get(profileId, id);
    const now = this.clock.now();
    const row = {
      ...before,
      ...(await this.rowOf(profileId, input)),
      ...renamed(before, input.name, now),
      updatedAt: now,
    };
    return (await this.researchers.change(row)) ? this.viewById(profileId, id) : null;
  }

  /** Removes a person from the list and returns them. Proposals to them are kept. */
  async remove(profileId: string, id: string): Promise<ResearcherView> {
    const before = await this.viewById(profileId, id);
    await this.researchers.remove(profileId, id);
    return before;
  }

  /**
   * Adds pasted people, one per line; those already on the list get the new competences. Nothing is stored if
   * any line is wrong; the problems are returned. Throws if they do not all fit on the list.
   */
  async paste(profileId: string, text: string): Promise<LineProblem[]> {
    const profile = await this.profile(profileId);
    const sound = (person: PastedPerson): boolean =>
      ResearcherInput.safeParse({ ...person, language: profile.language }).success;
    const judged = { competences: profile.competences, sound, objecting: new Set<string>() };
    const named = pastedPeople(text, judged).people.map((p) => p.email);
    const objecting = await this.researchers.objecting(profileId, named);
    const { people, problems } = pastedPeople(text, { ...judged, objecting });
    if (problems.length > 0) return problems;
    await this.checkRoom(
      profileId,
      people.map((p) => p.email),
    );
    const now = this.clock.now();
    await this.researchers.takeIn(
      people.map((p) => ({
        ...p,
        id: randomUUID(),
        profileId,
        language: profile.language,
        nameSince: now,
        formerNames: [],
        createdAt: now,
        updatedAt: now,
      })),
    );
    return [];
  }

  private async checkRoom(profileId: string, addresses: string[]): Promise<void> {
    const counted = await this.researchers.countWith(profileId, addresses);
    if (counted > MOST_RESEARCHERS) throw new Conflict('most-researchers', { most: MOST_RESEARCHERS });
  }

  private async get(profileId: string, id: string): Promise<ResearcherEntity> {
    const researcher = await this.researchers.findById(profileId, id);
    if (!researcher) throw new NotFound('no-researcher', { id });
    return researcher;
  }

  private async rowOf(
    profileId: string,
    { name, email, language, competences }: ResearcherInput,
  ): Promise<Pick<ResearcherEntity, 'name' | 'email' | 'language' | 'competences'>> {
    if ((await this.researchers.objecting(profileId, [email])).size > 0)
      throw new Invalid([wrong(['email'], 'wants-no-proposals')]);
    const labels = labelsOf(await this.profile(profileId));
    const strange = competences.flatMap((c, i) =>
      labels.includes(c) ? [] : [wrong(['competences', i], 'not-a-competence')],
    );
    if (strange.length) throw new Invalid(strange);
    return { name, email: email.toLowerCase(), language, competences: [...new Set(competences)] };
  }
}
