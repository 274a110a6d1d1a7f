import { Inject, Injectable } from '@nestjs/common';
import type { KnownCall } from './domain/schedule/plan.js';
import type { Because } from './domain/content/message.js';
import { belongsTo } from '../network/domain/group.js';
import { NetworkRepository } from '../network/store/network.repository.js';
import { RecentCallRepository } from '../calls/store/call.repository.js';
import { SavedSearchRepository } from '../decisions/store/saved-search.repository.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/tokens.js';
import type { RecipientContext } from './recipient-context.js';
import { namedIn } from '../kernel/language.js';

type Told = Pick<KnownCall, 'id' | 'fits' | 'searches'>;

/** The names of what a recipient follows, in their language. */
export interface Names {
  profile(id: string): string;
  /** All their subscriptions. */
  all: Because[];
  /** Why a call is announced to them, by its fits that are enough for that. */
  because(call: Told): Because[];
}

@Injectable()
export class NameBook {
  constructor(
    private readonly network: NetworkRepository,
    private readonly calls: RecentCallRepository,
    private readonly searches: SavedSearchRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async forRecipient({
    recipient,
    follows,
  }: Pick<RecipientContext, 'recipient' | 'follows'>): Promise<Names> {
    const of = (kind: string) => follows.filter((f) => f.kind === kind).map((f) => f.target);
    const [profiles, calls, searches] = [
      await this.network.names(null),
      await this.calls.byIds(of('call')),
      await this.searches.byIds(of('search')),
    ];
    const names = new Map<string, string>([
      ...profiles.map((p): [string, string] => [`profile/${p.id}`, p.name]),
      ...this.settings.groups.map((g): [string, string] => [
        `group/${g.id}`,
        namedIn(g.name, recipient.language),
      ]),
      ...[...calls].map(([id, call]): [string, string] => [`call/${id}`, call.content.title]),
      ...searches.map((s): [string, string] => [`search/${s.id}`, s.name]),
    ]);
    const profile = (id: string): string => names.get(`profile/${id}`) ?? id;
    const all = follows.map(({ kind, target }): Because => ({
      kind,
      target,
      name: names.get(`${kind}/${target}`) ?? target,
      through: null,
    }));
    return {
      profile,
      all,
      because: (call) => all.flatMap((b) => this.reason(b, call, profile) ?? []),
    };
  }

  /**
   * Returns a subscription if it is a reason to announce this call; for a group, with the member that the
   * call fits best.
   */
  private reason(
    followed: Because,
    { id, fits, searches }: Told,
    profile: (id: string) => string,
  ): Because | null {
    const { kind, target } = followed;
    if (kind === 'call') return target === id ? followed : null;
    if (kind === 'search') return searches.includes(target) ? followed : null;
    if (kind === 'profile') return fits.some((f) => f.profileId === target) ? followed : null;
    const group = this.settings.groups.find((g) => g.id === target);
    const member = group && fits.find((f) => belongsTo(group, f.profileId));
    return member ? { ...followed, through: profile(member.profileId) } : null;
  }
}
