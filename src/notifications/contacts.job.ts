import { Inject } from '@nestjs/common';
import type { Clock } from '../kernel/ports.js';
import type { Contact, Profile } from '../profiles/domain/profile.js';
import type { PersonEntity } from '../access/store/person.entity.js';
import { PersonRepository } from '../access/store/person.repository.js';
import { addressOf, ContactRepository } from '../profiles/store/contact.repository.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import type { RecipientEntity } from './store/notification.entity.js';
import { FollowRepository, RecipientRepository } from './store/recipient.repository.js';
import { CLOCK } from '../platform/tokens.js';
import { newRecipient } from './new-recipient.js';
import { PLAN } from './plan.job.js';
import { NOTIFY } from './notify.job.js';
import { type Job, Runs, type JobData, type NextJob, job } from '../platform/queue/job.js';
import { CONTACTS } from '../profiles/jobs.js';

/**
 * Subscribes the confirmed contacts of a profile and the institute's people who have signed in; unsubscribes
 * contacts no longer named. Then plans what they are to be sent.
 */
@Runs(CONTACTS)
export class ContactsJob implements Job<typeof CONTACTS> {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly recipients: RecipientRepository,
    private readonly follows: FollowRepository,
    private readonly people: PersonRepository,
    private readonly contacts: ContactRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Finds institutes whose contacts and people are not those who are subscribed. */
  async due(): Promise<NextJob[]> {
    return (await this.follows.outOfStep()).map((profileId) => job(CONTACTS, { profileId }));
  }

  async run({ profileId }: JobData<typeof CONTACTS>): Promise<NextJob[]> {
    const profile = await this.profiles.findById(profileId);
    const agreed = await this.agreed(profile?.content);
    await this.follows.dropFormerContacts(profileId, agreed);
    const taken: RecipientEntity[] = [];
    for (const contact of agreed) taken.push(await this.take(profile!.content, contact));
    for (const person of profile ? await this.people.findByProfile(profileId) : [])
      if (person.lastSeenAt) taken.push(await this.join(profileId, person));
    return taken.flatMap(({ id: recipientId }) => [job(PLAN, { recipientId }), job(NOTIFY, { recipientId })]);
  }

  private async agreed(profile: Profile | undefined): Promise<Contact[]> {
    if (!profile) return [];
    const { states } = (await this.contacts.findByProfiles([profile.id]))(profile.id);
    const confirmed = new Set(states.filter((s) => s.confirmedAt).map((s) => s.address));
    return profile.contacts.filter((c) => confirmed.has(addressOf(c)));
  }

  private async take({ id: profileId, language }: Profile, contact: Contact): Promise<RecipientEntity> {
    const now = this.clock.now();
    const said = { name: contact.name, language: contact.language ?? language };
    const recipient = await this.recipients.ensure(
      newRecipient(
        { channel: 'email', owner: '', address: contact.email.toLowerCase(), ...said, profileId },
        now,
      ),
    );
    if (await this.isOfAnother(recipient, profileId))
      await this.recipients.change(recipient.id, { profileId });
    if (
      recipient.profileId === profileId &&
      (recipient.name !== said.name || recipient.language !== said.language)
    )
      await this.recipients.rename(recipient.id, said);
    await this.follows.begin({
      recipientId: recipient.id,
      kind: 'profile',
      target: profileId,
      origin: 'contact',
      since: now,
    });
    return recipient;
  }

  /** Subscribes one of the institute's people. They may have changed their name and language: both stay. */
  private async join(profileId: string, { email, name, language }: PersonEntity): Promise<RecipientEntity> {
    const now = this.clock.now();
    const recipient = await this.recipients.ensure(
      newRecipient({ channel: 'email', owner: '', address: email, name, language, profileId }, now),
    );
    if (
      recipient.profileId !== profileId &&
      !(await this.follows.isContactOf(recipient.id, recipient.profileId))
    )
      await this.recipients.change(recipient.id, { profileId });
    await this.follows.begin({
      recipientId: recipient.id,
      kind: 'profile',
      target: profileId,
      origin: 'institute',
      since: now,
    });
    return recipient;
  }

  /**
   * Whether the recipient's institute no longer names them, so it must not read their messages. Someone who
   * signs in belongs to the institute they sign in to.
   */
  private async isOfAnother(
    { id, address, profileId: before }: RecipientEntity,
    profileId: string,
  ): Promise<boolean> {
    if (before === null || before === profileId || (await this.people.byEmail(address))) return false;
    return !(await this.follows.isContactOf(id, before));
  }
}
