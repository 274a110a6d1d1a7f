import { Inject, Injectable } from '@nestjs/common';
import { NotFound } from '../kernel/errors.js';
import type { Actor } from '../kernel/actor.js';
import { canonicalJson } from '../kernel/hash.js';
import { editorOf } from './domain/contacts/word.js';
import type { Clock } from '../kernel/ports.js';
import type { Profile } from './domain/profile.js';
import type { ProfileEntity, ProfileVersionEntity } from './store/profile.entity.js';
import { ContactRepository, type ContactsOf } from './store/contact.repository.js';
import {
  type Edited,
  type EditedFrom,
  ProfileRepository,
  ProfileVersionRepository,
} from './store/profile.repository.js';
import { mustBePresent } from '../platform/access/rule.js';
import { Queues, job } from '../platform/queue/job.js';
import { CLOCK } from '../platform/tokens.js';
import { ContactLimits } from './contacts/contact-limits.js';
import { MATCH, ASK_CONTACTS } from './jobs.js';

/** A profile in its current state, with the number of its last version and the state of its contacts. */
export interface Standing {
  profile: ProfileEntity;
  version: number;
  contacts: ContactsOf;
}

/** A profile after an attempt to save it. */
export type Saved = Edited & Standing;

type From = Omit<EditedFrom, 'check'>;

/** Reads and edits institutes' profiles, for the API and the pages. */
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

  /** Returns a page of profiles, or only the given one. */
  async list(
    limit: number,
    after: string | null,
    only?: string,
  ): Promise<{ profiles: Standing[]; total: number }> {
    const profiles = await this.profiles.list(limit, after, only);
    const ids = profiles.map((p) => p.id);
    const [last, contacts] = [await this.versions.lastOf(ids), await this.contacts.findByProfiles(ids)];
    return {
      profiles: profiles.map((profile) => ({
        profile,
        version: last.get(profile.id) ?? 0,
        contacts: contacts(profile.id),
      })),
      total: await this.profiles.count(only),
    };
  }

  /** Returns a profile; 404 if it does not exist. */
  async get(id: string): Promise<Standing> {
    const profile = await this.profiles.get(id);
    return {
      profile,
      version: (await this.versions.lastOf([id])).get(id) ?? 0,
      contacts: (await this.contacts.findByProfiles([id]))(id),
    };
  }

  /**
   * Saves a profile, and has it matched again immediately if its competences changed. If `version` is given
   * and somebody saved since, it is stale and nothing is written. 404 if it does not exist; 403 if its
   * contacts changed and the caller has not just signed in: whoever receives an institute's messages outlives
   * any key. If an officer decides on contacts, the network's changes to them wait. Throws TooOften if it
   * would send too many e-mails.
   */
  async save(content: Profile, actor: Actor, from: From = {}): Promise<Saved> {
    const [{ id }, now, before] = [content, this.clock.now(), await this.profiles.findById(content.id)];
    if (!before) throw unknown(id);
    const check = (stands: Profile): void => {
      if (canonicalJson(stands.contacts) !== canonicalJson(content.contacts))
        mustBePresent('recent', actor, now);
    };
    // First: a key that may not change contacts must not use up its owner's rate limit either.
    check(before.content);
    await this.limits.count(before.content.contacts, content, actor);
    const edited = await this.profiles.edit(content, editorOf(actor, id), now, { ...from, check });
    if (!edited) throw unknown(id);
    if (edited.outcome === 'saved') await this.queues.hurry([job(MATCH, { profileId: id })]);
    if ((await this.contacts.toWrite()).includes(id))
      await this.queues.hurry([job(ASK_CONTACTS, { profileId: id })]);
    return { ...edited, contacts: (await this.contacts.findByProfiles([id]))(id) };
  }

  /** Saves an earlier version again, as a new one. */
  async restore(id: string, number: number, actor: Actor, version?: number): Promise<Saved> {
    const { content } = await this.version(id, number);
    return this.save(content, actor, { origin: 'restore', ...(version !== undefined && { version }) });
  }

  /** Confirms for the institute that this version of its profile is right; by default the last one. */
  async confirm(id: string, actor: Actor, version?: number): Promise<Saved> {
    const standing = await this.get(id);
    return this.save({ ...standing.profile.content, confirmed: true }, actor, {
      version: version ?? standing.version,
    });
  }

  /** Returns a page of a profile's versions, newest first; 404 if the profile does not exist. */
  async history(
    id: string,
    limit: number,
    before: number | null,
  ): Promise<{ versions: ProfileVersionEntity[]; total: number }> {
    await this.get(id);
    return this.versions.list(id, limit, before);
  }

  /** Returns a saved version of a profile; 404 if it does not exist. */
  async version(id: string, number: number): Promise<ProfileVersionEntity> {
    const version = await this.versions.findByNumber(id, number);
    if (!version) throw new NotFound('no-profile-version', { version: number, id });
    return version;
  }

  /** Whether the institute has named anyone behind its competences. Never shown to other institutes. */
  hasResearchers(id: string): Promise<boolean> {
    return this.profiles.hasResearchers(id);
  }
}

const unknown = (id: string) => new NotFound('no-profile', { id });
