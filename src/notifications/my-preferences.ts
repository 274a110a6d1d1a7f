import { Inject, Injectable } from '@nestjs/common';
import { Forbidden } from '../kernel/errors.js';
import type { PipelineMails } from '../access/domain/sign-in-mails.js';
import { PersonRepository } from '../access/store/person.repository.js';
import { type Actor, changesAnything } from '../kernel/actor.js';
import type { Clock } from '../kernel/ports.js';
import type { RecipientEntity } from './store/notification.entity.js';
import {
  FollowRepository,
  type Target,
  RecipientRepository,
  type NewRecipient,
} from './store/recipient.repository.js';
import { Queues, job } from '../platform/queue/job.js';
import { CLOCK } from '../platform/tokens.js';
import { newRecipient, notStored } from './new-recipient.js';
import { Followable, NotificationPreferences } from './preferences/preferences.js';
import type { PreferencesInput } from './api/preferences-views.js';
import { acrossInstitutes } from '../platform/database/request-context.js';
import type { SearchInput } from '../decisions/saved-searches.js';
import type { Preferences } from './domain/preferences/preferences.js';
import { RecipientContexts } from './recipient-context.js';
import { SearchHits } from './search-hits.js';
import { NOTIFY } from './notify.job.js';

/** What saving a search brings by e-mail. */
export interface SearchMails extends Pick<Preferences, 'frequency'> {
  address: string;
  lastMonth: number;
}

/** A person's own e-mail notifications. They become a recipient once they choose something. */
@Injectable()
export class MyPreferences {
  constructor(
    private readonly recipients: RecipientRepository,
    private readonly follows: FollowRepository,
    private readonly followable: Followable,
    private readonly preferences: NotificationPreferences,
    private readonly people: PersonRepository,
    private readonly contexts: RecipientContexts,
    private readonly hits: SearchHits,
    private readonly queues: Queues,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Returns the person as a recipient, unsaved if they never received anything. Throws Forbidden if
   * the credential has no person.
   */
  async recipient(actor: Actor): Promise<RecipientEntity> {
    const fresh = this.fresh(actor);
    return (await own(() => this.recipients.byAddress(fresh))) ?? notStored(fresh);
  }

  async choose(actor: Actor, input: PreferencesInput): Promise<void> {
    mustChange(actor);
    this.preferences.check(input);
    await own(async () => this.preferences.choose(await this.ensure(actor), input));
    if (input.pipeline !== undefined && actor.profileId !== null)
      await this.people.choosePipelineMails(actor.personId!, input.pipeline);
  }

  /** Returns their setting for pipeline e-mails; null for people without an institute. */
  async pipelineMails({ personId, profileId }: Actor): Promise<PipelineMails | null> {
    if (personId === null || profileId === null) return null;
    return (await this.people.findById(personId))?.pipelineMails ?? null;
  }

  /** Starts a subscription. Throws if they may not see the target or it does not exist. */
  async follow(actor: Actor, target: Target): Promise<void> {
    mustChange(actor);
    await this.followable.check(actor, target);
    const recipientId = await this.begin(actor, target, 'own');
    await this.queues.hurry([job(NOTIFY, { recipientId })]);
  }

  /** Opts out of the subscription they would have as one of the institute's people. */
  async decline(actor: Actor, target: Target): Promise<void> {
    await this.begin(actor, target, 'institute');
    await this.leave(actor, target);
  }

  /** Ends a subscription, if there is one. */
  async leave(actor: Actor, target: Target): Promise<void> {
    mustChange(actor);
    const { id } = await this.recipient(actor);
    await own(() => this.preferences.leave(id, target));
  }

  async isFollowing(actor: Actor, target: Target): Promise<boolean> {
    return actor.email !== null && (await this.targets(actor, target.kind)).has(target.target);
  }

  async targets(actor: Actor, kind: Target['kind']): Promise<Set<string>> {
    if (actor.personId === null || actor.email === null) return new Set();
    const { id } = await this.recipient(actor);
    const follows = await own(() => this.follows.findByRecipient(id));
    return new Set(follows.filter((f) => f.kind === kind).map((f) => f.target));
  }

  /**
   * Returns where and how often the new calls of a search would be e-mailed, and how many there were last
   * month; null if no e-mail reaches them.
   */
  async searchMails(actor: Actor, search: Pick<SearchInput, 'page' | 'query'>): Promise<SearchMails | null> {
    const { email, profileId, insideFrom = null } = actor;
    if (email === null || profileId === null) return null;
    const recipient = await this.recipient(actor);
    if (recipient.stoppedAt !== null) return null;
    const [{ frequency }, lastMonth] = await Promise.all([
      own(() => this.contexts.preferences(recipient)),
      this.hits.lastMonth({ ...search, profileId, insideFrom, dropped: [] }),
    ]);
    return { address: recipient.address, frequency, lastMonth };
  }

  private begin(actor: Actor, target: Target, origin: 'own' | 'institute'): Promise<string> {
    return own(async () => {
      const { id: recipientId } = await this.ensure(actor);
      await this.follows.begin({ recipientId, ...target, origin, since: this.clock.now() });
      return recipientId;
    });
  }

  private async ensure(actor: Actor): Promise<RecipientEntity> {
    const recipient = await this.recipients.ensure(this.fresh(actor));
    // They have changed institute: the earlier one must not see their messages, unless they are its contact.
    if (
      recipient.profileId === actor.profileId ||
      (await this.follows.isContactOf(recipient.id, recipient.profileId))
    )
      return recipient;
    await this.recipients.change(recipient.id, { profileId: actor.profileId });
    return { ...recipient, profileId: actor.profileId };
  }

  private fresh({ personId, email, name, language, profileId }: Actor): NewRecipient {
    if (personId === null || email === null) throw new Forbidden('of-a-person');
    return newRecipient(
      {
        channel: 'email',
        owner: '',
        address: email.toLowerCase(),
        name,
        language: language ?? 'fr',
        profileId,
      },
      this.clock.now(),
    );
  }
}

/** An address may be known at another institute: as a contact, or from earlier. */
const own = <T>(work: () => Promise<T>): Promise<T> =>
  acrossInstitutes('people choose what reaches their own address', work);

/**
 * In the browser everyone may change their own settings, even with read-only access; a key must have write
 * access.
 */
function mustChange(actor: Actor): void {
  if (actor.sessionId === null && !changesAnything(actor)) throw new Forbidden('read-only');
}
