import { Inject, Injectable } from '@nestjs/common';
import {
  decideMark,
  decidesFor,
  type LinkedVerdict,
  settingsMark,
  settingsToken,
} from './domain/content/mail-link.js';
import type { Followed, KnownCall } from './domain/schedule/plan.js';
import {
  installationPreferences,
  leastScoreOf,
  type Preferences,
  preferencesOf,
} from './domain/preferences/preferences.js';
import type { FollowEntity, RecipientEntity } from './store/notification.entity.js';
import { ContactRepository } from '../profiles/store/contact.repository.js';
import type { PersonEntity } from '../access/store/person.entity.js';
import { PersonRepository } from '../access/store/person.repository.js';
import { FollowRepository, RecipientRepository } from './store/recipient.repository.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, ENVIRONMENT, SETTINGS } from '../platform/tokens.js';
import { ChannelRegistry } from './channel-registry.js';
import { Readiness } from './readiness.js';
import { SearchHits } from './search-hits.js';
import type { Because } from './domain/content/message.js';
import { belongsTo } from '../network/domain/group.js';
import { NetworkRepository } from '../network/store/network.repository.js';
import { RecentCallRepository } from '../calls/store/call.repository.js';
import { SavedSearchRepository } from '../decisions/store/saved-search.repository.js';
import { namedIn } from '../kernel/language.js';
import { pageFromMail } from '../access/domain/landing.js';
import type { Clock } from '../kernel/ports.js';
import type { Environment } from '../platform/config/environment.js';
import { messageIdOf } from '../platform/mail/message.js';

/** A recipient with their subscriptions and preferences. */
export interface RecipientContext {
  recipient: RecipientEntity;
  follows: FollowEntity[];
  /** The subscriptions, with the institutes they cover. */
  followed: Followed[];
  /** The institutes through whose profiles they hear of calls; null for all. */
  profiles: string[] | null;
  /** The institutes whose matches decide what they receive: these, and those whose inbox they search. */
  matchedBy: string[] | null;
  /** The institutes followed directly, not through a group. */
  own: string[];
  /**
   * Institutes whose internal information they may see: their own, or with the consent of someone inside.
   * Decisions and answers there count and are shown.
   */
  inside: string[];
  /** One of the network's people, who has no inbox, even if an institute names them as a contact. */
  ofNetwork: boolean;
  /** The account of whoever reads there, and whether they decide for the institute; null if there is none. */
  account: { id: string; decides: boolean } | null;
  preferences: Preferences;
  /** The minimum score of announced calls, for institutes whose decisions have not moved their threshold. */
  least: number;
}

@Injectable()
export class RecipientContexts {
  constructor(
    private readonly recipients: RecipientRepository,
    private readonly follows: FollowRepository,
    private readonly channels: ChannelRegistry,
    private readonly readiness: Readiness,
    private readonly searches: SearchHits,
    private readonly contacts: ContactRepository,
    private readonly people: PersonRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Returns null if the recipient does not exist or is to receive nothing. */
  async findById(id: string): Promise<RecipientContext | null> {
    const recipient = await this.recipients.findById(id);
    const follows = recipient && !recipient.stoppedAt ? await this.follows.findByRecipient(id) : [];
    return recipient && follows.length ? this.context(recipient, follows) : null;
  }

  /** The same, but null until the events are planned and the profiles are matched with everything stored. */
  async ready(id: string): Promise<RecipientContext | null> {
    const context = await this.findById(id);
    if (!context || BigInt(context.recipient.plannedSeq) < BigInt(await this.readiness.lastEvent()))
      return null;
    return (await this.readiness.matched(context.matchedBy)) ? context : null;
  }

  async context(recipient: RecipientEntity, follows: FollowEntity[]): Promise<RecipientContext> {
    const followed = follows.map((f) => this.followed(f));
    const sets = followed.filter((f) => f.kind === 'profile' || f.kind === 'group').map((f) => f.profiles);
    const preferences = await this.preferences(recipient);
    const profiles = sets.some((s) => s === null) ? null : [...new Set(sets.flatMap((s) => s ?? []))];
    const person = await this.person(recipient);
    return {
      recipient,
      follows,
      followed,
      preferences,
      least: leastScoreOf(preferences, this.settings.digest.minScore),
      profiles,
      matchedBy: profiles && [...new Set([...profiles, ...(await this.searches.profilesOf(follows))])],
      own: follows.filter((f) => f.kind === 'profile').map((f) => f.target),
      inside: await this.inside(recipient),
      ofNetwork: person !== null && person.profileId === null,
      account: person && { id: person.id, decides: decidesFor(person, recipient.profileId) },
    };
  }

  /** A channel belongs to the institute that set it up; for an e-mail address, it depends on who reads it. */
  private async inside({ owner, address, channel }: RecipientEntity): Promise<string[]> {
    if (channel === 'email' && owner === '') return this.contacts.insideOf(address);
    return owner.startsWith(OF_PROFILE) ? [owner.slice(OF_PROFILE.length)] : [];
  }

  private async person({ owner, address, channel }: RecipientEntity): Promise<PersonEntity | null> {
    const person = channel === 'email' && owner === '' ? await this.people.byEmail(address) : null;
    return person?.removedAt === null ? person : null;
  }

  private followed({ kind, target, baselineSeq }: FollowEntity): Followed {
    const group = kind === 'group' ? this.settings.groups.find((g) => g.id === target) : undefined;
    // A group that is no longer configured announces nothing.
    const profiles = kind === 'profile' ? [target] : group?.members === 'all' ? null : (group?.members ?? []);
    return { kind, target, baselineSeq: BigInt(baselineSeq), profiles };
  }

  /**
   * Returns the preferences in effect: a recipient's own, then the institute's, then the installation's.
   * Programs want each event, whatever people prefer.
   */
  async preferences(recipient: Choosing): Promise<Preferences> {
    return (await this.preferencesOfAll([recipient]))[0]!;
  }

  /** The same for many recipients, in order. */
  async preferencesOfAll(recipients: Choosing[]): Promise<Preferences[]> {
    const defaults = await this.recipients.defaults([
      ...new Set(recipients.flatMap((r) => r.profileId ?? [])),
    ]);
    return recipients.map(({ channel, profileId, preferences }) => {
      const own =
        this.channels.findById(channel)?.frequency === 'at-once'
          ? { frequency: 'at-once' as const, dailyLimit: MACHINE_DAILY_LIMIT, ...preferences }
          : preferences;
      return preferencesOf(
        own,
        (profileId !== null && defaults.get(profileId)?.preferences) || {},
        installationPreferences(this.settings),
      );
    });
  }
}

const OF_PROFILE = 'profile/';

type Choosing = Pick<RecipientEntity, 'channel' | 'profileId' | 'preferences'>;

/** The daily limit for programs. */
const MACHINE_DAILY_LIMIT = 1_000;

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

/** Whose message it is: a page of ours leads people with an account to a sign-in that knows them. */
type Reader = Pick<RecipientContext, 'recipient' | 'account' | 'ofNetwork'>;

/** Builds the URLs that messages link to. */
@Injectable()
export class Addresses {
  constructor(
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Our home page. */
  get home(): string {
    return this.at('/');
  }

  call(reader: Reader, callId: string): string {
    const { profileId } = reader.recipient;
    return this.page(
      reader,
      profileId === null ? `/calls/${callId}` : `/institutes/${profileId}/calls/${callId}`,
    );
  }

  bid(reader: Reader, profileId: string, id: string): string {
    return this.page(reader, `/institutes/${profileId}/pipeline/${id}`);
  }

  /** The institute's inbox, or the list of calls for the network's own people. */
  inbox(reader: Reader): string {
    const { profileId } = reader.recipient;
    const isList = reader.ofNetwork || profileId === null;
    return this.page(reader, isList ? '/calls' : `/institutes/${profileId}/inbox`);
  }

  /** Where an institute judges a sample of calls that it was not notified of. */
  recallSample(reader: Reader, profileId: string): string {
    return this.page(reader, `/institutes/${profileId}/untold`);
  }

  /** The link to a recipient's notification settings: no sign-in needed, valid for a limited time. */
  settings(recipient: Pick<RecipientEntity, 'id' | 'linkKey'>): string {
    return this.at(`/notification-preferences/${settingsToken(recipient, this.clock.now())}`);
  }

  /** The same for a queued message: a placeholder that becomes a fresh link when the message is sent. */
  settingsWhenSent(messageId: string): string {
    return this.at(`/notification-preferences/${settingsMark(messageId)}`);
  }

  /** Where the reader of a queued message decides on some of its calls; also a placeholder. */
  decideWhenSent(messageId: string, verdict: LinkedVerdict, callIds: readonly string[]): string {
    return this.at(`/decide/${decideMark(messageId, verdict, callIds)}`);
  }

  unsubscribe(token: string): string {
    return this.at(`/unsubscribe/${token}`);
  }

  /** The Message-ID for this name, without angle brackets. */
  messageId(name: string): string {
    return messageIdOf(name, this.env);
  }

  private page({ account }: Reader, path: string): string {
    return account ? pageFromMail(this.env, account, path) : this.at(path);
  }

  private at(path: string): string {
    return `${this.env.PUBLIC_URL}${path}`;
  }
}
