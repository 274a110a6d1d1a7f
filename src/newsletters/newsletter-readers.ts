import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import { Conflict, Invalid, NotFound } from '../kernel/errors.js';
import { wrong } from '../kernel/issues.js';
import type { Clock } from '../kernel/ports.js';
import { CLOCK } from '../platform/tokens.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { ResearcherRepository } from '../proposals/store/researcher.repository.js';
import { MOST_READERS, MOST_READERS_OF_ALL } from './domain/reader.js';
import type { ReadersInput } from './domain/reader.js';
import {
  type Added,
  type NewReader,
  type NewsletterReaderEntity,
  NewsletterReaderRepository,
  type ReaderList,
  type ReaderPlace,
} from './store/newsletter-reader.repository.js';

export type { Added, ReaderList, NewsletterReaderEntity as NewsletterReader };

/** Somebody whom the institute knows, and who may be put on a list. */
export interface Known {
  /** Of a researcher their id, of a contact their address. */
  id: string;
  name: string;
  address: string;
}

/** Who is on the lists of an institute. */
@Injectable()
export class NewsletterReaders {
  constructor(
    private readonly readers: NewsletterReaderRepository,
    private readonly researchers: ResearcherRepository,
    private readonly profiles: ProfileRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  lists(profileId: string): Promise<ReaderList[]> {
    return this.readers.lists(profileId);
  }

  list(
    asked: { profileId: string; list?: string | undefined },
    limit: number,
    after: ReaderPlace | null,
  ): Promise<{ readers: NewsletterReaderEntity[]; total: number }> {
    return this.readers.list(asked, limit, after);
  }

  /** Returns whom the institute knows: its researchers, and the contacts of its profile. */
  async known(profileId: string): Promise<{ researchers: Known[]; contacts: Known[] }> {
    const { contacts } = (await this.profiles.get(profileId)).content;
    const researchers = await this.researchers.all(profileId);
    return {
      researchers: researchers.map(({ id, name, email }) => ({ id, name, address: email })),
      contacts: contacts.map(({ name, email }) => {
        const address = email.toLowerCase();
        return { id: address, name, address };
      }),
    };
  }

  /** Returns those of them who are not on a list, and have not left it. */
  async notOnList(profileId: string, list: string): Promise<{ researchers: Known[]; contacts: Known[] }> {
    const known = await this.known(profileId);
    const there = await this.readers.addresses(profileId, list);
    const others = (people: Known[]): Known[] => people.filter(({ address }) => !there.has(address));
    return { researchers: others(known.researchers), contacts: others(known.contacts) };
  }

  /**
   * Puts people on a list. Throws if one of them is not known (422), or if they do not all fit (409). Who has
   * left a list of the institute by their own click is not put back: they are among the refused.
   */
  async add(actor: Actor, profileId: string, input: ReadersInput): Promise<Added> {
    const known = await this.known(profileId);
    const chosen = (field: 'researchers' | 'contacts', origin: 'researcher' | 'contact'): NewReader[] =>
      input[field].map((id, i) => {
        const found = known[field].find((one) => one.id === id);
        if (!found) throw new Invalid([wrong([field, i], 'not-known-here')]);
        return { address: found.address, name: found.name, origin };
      });
    const people: NewReader[] = [
      ...chosen('researchers', 'researcher'),
      ...chosen('contacts', 'contact'),
      ...input.readers.map((reader) => ({ ...reader, origin: 'typed' as const })),
    ];
    const once = [...new Map(people.toReversed().map((person) => [person.address, person])).values()];
    const added = await this.readers.add(
      once,
      {
        ...{ profileId, list: input.list, addedAt: this.clock.now() },
        ...{ addedBy: actor.name, addedById: actor.personId },
      },
      { ofList: MOST_READERS, ofAll: MOST_READERS_OF_ALL },
    );
    if (!added) throw new Conflict('most-newsletter-readers', { most: MOST_READERS });
    return added;
  }

  /** Takes somebody off a list, and returns which; throws if the institute has no such reader. */
  async remove(profileId: string, id: string): Promise<string> {
    const list = await this.readers.remove(profileId, id, this.clock.now());
    if (list === null) throw new NotFound('no-newsletter-reader', { id });
    return list;
  }
}
