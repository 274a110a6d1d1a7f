import { Injectable } from '@nestjs/common';
import { type Actor, isOf, may, ofNetwork } from '../../../kernel/actor.js';
import { Profiles } from '../../../profiles/profiles.js';
import { Researchers } from '../../../proposals/researchers.js';
import { placesOf, settingsOf } from '../../../ui/places.js';
import type { Viewer } from '../../../ui/viewer.js';
import { CallSearch } from '../../api/call-search.js';
import { bare, fold } from '../../../kernel/stem.js';

interface Hit {
  href: string;
  name: string;
}
export interface Found {
  actions: Hit[];
  calls: (Hit & { language: string; says: string | null; near: boolean })[];
  institutes: Hit[];
  people: Hit[];
}

const [MOST_CALLS, MOST_OTHERS, MOST_INSTITUTES] = [8, 6, 500];

/** Reduces text to letters, so that "echeances" finds « Échéances ». */
const plain = (text: string): string => bare(fold(text));

/** Finds what a person may open by a few words: calls, and otherwise only what their own pages show. */
@Injectable()
export class Finding {
  constructor(
    private readonly calls: CallSearch,
    private readonly profiles: Profiles,
    private readonly researchers: Researchers,
  ) {}

  async search(v: Viewer, actor: Actor, q: string): Promise<Found> {
    const wanted = plain(q);
    const fits = ({ name }: Hit): boolean => plain(name).includes(wanted);
    const actions = [...placesOf(v, undefined), ...settingsOf(v, undefined)].map(({ href, label }) => ({
      href,
      name: v.t(label),
    }));
    if (q === '') return { actions, calls: [], institutes: [], people: [] };
    const [calls, institutes, people] = await Promise.all([
      this.callsOf(v, actor, q),
      this.institutesOf(actor),
      this.peopleOf(actor),
    ]);
    return {
      calls,
      actions: actions.filter(fits),
      institutes: institutes.filter(fits).slice(0, MOST_OTHERS),
      people: people.filter(fits).slice(0, MOST_OTHERS),
    };
  }

  private async callsOf(
    { language: spoken }: Viewer,
    { profileId }: Actor,
    q: string,
  ): Promise<Found['calls']> {
    const { items } = await this.calls.page({ q }, { limit: MOST_CALLS, language: spoken });
    return items.map(({ id, title, identifier, language, near = false }) => ({
      href: profileId === null ? `/calls/${id}` : `/institutes/${profileId}/calls/${id}`,
      name: title,
      says: identifier,
      language,
      near,
    }));
  }

  /** The network's people can open every institute's pages, all others only their own. */
  private async institutesOf(actor: Actor): Promise<Hit[]> {
    if (!ofNetwork(actor)) return [];
    const { profiles } = await this.profiles.list(MOST_INSTITUTES, null);
    return profiles.map(({ profile: { id, content } }) => ({
      href: `/institutes/${id}/inbox`,
      name: content.name,
    }));
  }

  private async peopleOf(actor: Actor): Promise<Hit[]> {
    const { profileId } = actor;
    if (profileId === null || !isOf(actor, profileId)) return [];
    const base = `/institutes/${profileId}/people`;
    return (await this.researchers.all(profileId)).map(({ id, name }) => ({
      href: may(actor, 'proposal.write') ? `${base}/${id}` : base,
      name,
    }));
  }
}
