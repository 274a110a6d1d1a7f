import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import { canonicalJson } from '../calls/domain/index.js';
import { editorOf } from './domain/contacts/word.js';
import { job } from '../kernel/jobs.js';
import type { Clock } from '../kernel/ports.js';
import type { Profile } from './domain/profile.js';
import type { ProfileEntity } from './store/profile.entity.js';
import type { ProfileVersionEntity } from './store/profile-version.entity.js';
import { ContactRepository, type ContactsOf } from './store/contact.repository.js';
import { ProfileRepository, type Edited, type EditedFrom } from './store/profile.repository.js';
import { ProfileVersionRepository } from './store/profile-version.repository.js';
import { mustBePresent } from '../platform/access/presence.js';
import { Queues } from '../platform/queue/queues.js';
import { CLOCK } from '../platform/tokens.js';
import { ContactLimits } from './contacts/contact-limits.js';

/** A profile as it stands, with the number of its last version and how its contacts stand. */
export interface Standing {
  profile: ProfileEntity;
  version: number;
  contacts: ContactsOf;
}

/** A profile after somebody wanted to save it. */
export type Saved = Edited & Standing;

type From = Omit<EditedFrom, 'check'>;

/** Reading and editing institutes' profiles, for the API and the pages alike. */
@Injectable()
export class Profiles {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly versions: ProfileVersionRepository,
    private readonly contacts: ContactRepository,
    private readonly limits: ContactLimits,
    private readonly queues: Queues,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A page of profiles; of one alone, where it is named. */
  async list(
    limit: number,
    after: string | null,
    only?: string,
  ): Promise<{ profiles: Standing[]; total: number }> {
    const { profiles, total } = await this.profiles.list(limit, after, only);
    const ids = profiles.map((p) => p.id);
    const [last, contacts] = [await this.versions.lastOf(ids), await this.contacts.of(ids)];
    return {
      profiles: profiles.map((profile) => ({
        profile,
        version: last.get(profile.id) ?? 0,
        contacts: contacts(profile.id),
      })),
      total,
    };
  }

  /** A profile; 404 where there is none. */
  async get(id: string): Promise<Standing> {
    const profile = await this.profiles.find(id);
    if (!profile) throw unknown(id);
    return {
      profile,
      version: (await this.versions.lastOf([id])).get(id) ?? 0,
      contacts: (await this.contacts.of([id]))(id),
    };
  }

  /**
   * Writes a profile and has it matched again at once where its competences changed. With the version that it
   * was made from, one that came in between makes it stale: then nothing is written. 404 where there is no
   * such profile, 403 where its contacts are others and who asks did not sign in just now: to whom an
   * institute's messages go outlives any key. Where an officer decides who is written to, other contacts of
   * the network wait for one. Throws TooOften where it would send more mails than may be.
   */
  async save(content: Profile, actor: Actor, from: From = {}): Promise<Saved> {
    const [{ id }, now, before] = [content, this.clock.now(), await this.profiles.find(content.id)];
    if (!before) throw unknown(id);
    const check = (stands: Profile): void => {
      if (canonicalJson(stands.contacts) !== canonicalJson(content.contacts))
        mustBePresent('recent', actor, now);
    };
    // First of all: a key that must not change them must not use up what its owner may send either.
    check(before.content);
    await this.limits.count(before.content.contacts, content, actor);
    const edited = await this.profiles.edit(content, editorOf(actor, id), now, { ...from, check });
    if (!edited) throw unknown(id);
    if (edited.outcome === 'saved') await this.queues.hurry([job('match', { profileId: id })]);
    if ((await this.contacts.toWrite()).includes(id))
      await this.queues.hurry([job('ask-contacts', { profileId: id })]);
    return { ...edited, contacts: (await this.contacts.of([id]))(id) };
  }

  /** Writes an earlier version again, as a new one. */
  async restore(id: string, number: number, actor: Actor, version?: number): Promise<Saved> {
    const { content } = await this.version(id, number);
    return this.save(content, actor, { origin: 'restore', ...(version !== undefined && { version }) });
  }

  /**
   * Says for the institute that its profile is right, as it stands in that version; in its last one where
   * none is told.
   */
  async confirm(id: string, actor: Actor, version?: number): Promise<Saved> {
    const standing = await this.get(id);
    return this.save({ ...standing.profile.content, confirmed: true }, actor, {
      version: version ?? standing.version,
    });
  }

  /** A page of a profile's versions, newest first; 404 where there is no such profile. */
  async history(
    id: string,
    limit: number,
    before: number | null,
  ): Promise<{ versions: ProfileVersionEntity[]; total: number }> {
    await this.get(id);
    return this.versions.list(id, limit, before);
  }

  /** A profile as it was saved then; 404 where there is no such version. */
  async version(id: string, number: number): Promise<ProfileVersionEntity> {
    const version = await this.versions.find(id, number);
    if (!version) throw new NotFoundException(`There is no version ${number} of the profile "${id}".`);
    return version;
  }

  /** Whether the institute has named anybody behind its competences. Never for another one's eyes. */
  hasResearchers(id: string): Promise<boolean> {
    return this.profiles.hasResearchers(id);
  }
}

const unknown = (id: string) => new NotFoundException(`There is no profile "${id}".`);
