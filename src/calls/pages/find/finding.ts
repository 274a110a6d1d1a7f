import { Injectable } from '@nestjs/common';
import { type Actor, isOf, may } from '../../../kernel/actor.js';
import { Profiles } from '../../../profiles/profiles.js';
import { Researchers } from '../../../proposals/researchers.js';
import { actionsOf, placesOf, settingsOf } from '../../../ui/places.js';
import type { Viewer } from '../../../ui/viewer.js';
import { CallSearch } from '../../api/call-search.js';
import type { Piece } from '../../domain/found-words.js';
import { wordsOnly } from '../../domain/searched-text.js';
import { slipsIn } from '../../../matching/domain/analysis/spelling.js';
import { editDistance } from '../../../kernel/nearest.js';
import { inEach } from '../../../i18n/translate.js';
import { Team } from '../../../access/team.js';
import { ChannelRegistry } from '../../../notifications/channel-registry.js';

interface Hit {
  href: string;
  name: string;
}
/** What has a name, and what else people call it. */
interface Named extends Hit {
  also?: string[];
}
export interface Found {
  actions: Hit[];
  calls: (Hit & { title: Piece[]; language: string; says: string | null; nearTo: string[] | null })[];
  institutes: Hit[];
  people: Hit[];
}

const [MOST_CALLS, MOST_OTHERS, MOST_INSTITUTES] = [8, 6, 500];

const OTHER_NAME = 0.8;

const wordsIn = (text: string): string[] => wordsOnly(text).split(' ').filter(Boolean);

/** How well a word of a name fits one that is typed: as it is, as its beginning, or with a slip or two. */
function fitOf(typed: string, word: string): number {
  if (word === typed) return 3;
  if (word.startsWith(typed)) return 2;
  const most = slipsIn(typed.length);
  return typed[0] === word[0] && editDistance(typed, word, most) <= most ? 1 : 0;
}

/** How well a name fits what is typed: each typed word has to fit one of its words; 0 if one does not. */
function fitOfName(typed: readonly string[], name: string): number {
  const words = wordsIn(name);
  const fits = typed.map((one) => Math.max(0, ...words.map((word) => fitOf(one, word))));
  return fits.includes(0) ? 0 : fits.reduce((sum, fit) => sum + fit, 0) + 1 / (words.length + 1);
}

/** Returns those with a fitting name, the best first; none where nothing but signs is typed. */
function fitting(typed: readonly string[], all: Named[]): Hit[] {
  if (typed.length === 0) return [];
  return all
    .map(({ href, name, also = [] }) => ({
      hit: { href, name },
      // What it is called comes before what else people call it.
      fit: Math.max(fitOfName(typed, name), ...also.map((one) => fitOfName(typed, one) * OTHER_NAME)),
    }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit)
    .slice(0, MOST_OTHERS)
    .map(({ hit }) => hit);
}

/** Finds what a person may open by a few words: calls, and otherwise only what their own pages show. */
@Injectable()
export class Finding {
  constructor(
    private readonly calls: CallSearch,
    private readonly profiles: Profiles,
    private readonly researchers: Researchers,
    private readonly team: Team,
    private readonly channels: ChannelRegistry,
  ) {}

  async search(v: Viewer, actor: Actor, q: string): Promise<Found> {
    const actions = [...placesOf(v, undefined), ...settingsOf(v, undefined), ...actionsOf(v)].map(
      ({ href, label, place }): Named => ({
        href,
        name: v.t(label),
        also: [
          ...Object.values(inEach(label)),
          ...v.t(`find.also.${place}`).split(', '),
          ...(place === 'channels' ? this.channels.all.flatMap((c) => Object.values(c.name)) : []),
        ],
      }),
    );
    if (q === '') return { actions, calls: [], institutes: [], people: [] };
    const typed = wordsIn(q);
    const [calls, institutes, people] = await Promise.all([
      this.callsOf(v, actor, q),
      this.institutesOf(actor),
      this.peopleOf(actor),
    ]);
    return {
      calls,
      actions: fitting(typed, actions),
      institutes: fitting(typed, institutes),
      people: fitting(typed, people),
    };
  }

  private async callsOf(
    { language: spoken }: Viewer,
    { profileId }: Actor,
    q: string,
  ): Promise<Found['calls']> {
    const { found, words } = await this.calls.pageWithWords({ q }, { limit: MOST_CALLS, language: spoken });
    return found.items.map(({ id, title, identifier, language, near, nearTo = [] }) => ({
      href: profileId === null ? `/calls/${id}` : `/institutes/${profileId}/calls/${id}`,
      name: title,
      title: words!.in(title),
      says: identifier,
      language,
      nearTo: near ? nearTo : null,
    }));
  }

  /** The network's people can open every institute's pages, all others only their own. */
  private async institutesOf(actor: Actor): Promise<Named[]> {
    if (!may(actor, 'institute.read')) return [];
    const { profiles } = await this.profiles.list(MOST_INSTITUTES, null);
    return profiles.map(({ profile: { id, content } }) => ({
      href: `/institutes/${id}/inbox`,
      name: content.name,
      also: [id],
    }));
  }

  private async peopleOf(actor: Actor): Promise<Named[]> {
    const { profileId } = actor;
    if (profileId === null || !isOf(actor, profileId)) return [];
    const base = `/institutes/${profileId}`;
    const [researchers, colleagues] = await Promise.all([
      this.researchers.all(profileId),
      may(actor, 'team.read') ? this.team.list(profileId) : [],
    ]);
    // "L'Hostis" is typed "lhostis", too.
    const also = (name: string): string[] => [name.replace(/['’]/g, '')];
    return [
      ...researchers.map(({ id, name }) => ({
        href: may(actor, 'proposal.write') ? `${base}/people/${id}` : `${base}/people`,
        name,
        also: also(name),
      })),
      ...colleagues.map(({ name }) => ({ href: `${base}/team`, name, also: also(name) })),
    ];
  }
}
