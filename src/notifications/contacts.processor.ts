import { Inject, Injectable } from '@nestjs/common';
import { job, type JobData, type NextJob, type Processor } from '../kernel/jobs.js';
import type { Clock } from '../kernel/ports.js';
import type { Contact, Profile } from '../profiles/domain/index.js';
import { type PersonEntity, PersonRepository } from '../access/store/index.js';
import type { RecipientEntity } from './store/recipient.entity.js';
import { addressOf, ContactRepository, ProfileRepository } from '../profiles/store/index.js';
import { FollowRepository } from './store/follow.repository.js';
import { RecipientRepository } from './store/recipient.repository.js';
import { CLOCK } from '../platform/tokens.js';
import { newRecipient } from './new-recipient.js';

/**
 * Whoever a profile names as its contact, and who agreed, follows it by mail, and so do the people of its
 * institute who have signed in; whoever it names no more does not. Then it is looked what they are to be
 * told.
 */
@Injectable()
export class ContactsProcessor implements Processor<'contacts'> {
  readonly job = 'contacts';

  constructor(
    private readonly profiles: ProfileRepository,
    private readonly recipients: RecipientRepository,
    private readonly follows: FollowRepository,
    private readonly people: PersonRepository,
    private readonly contacts: ContactRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ profileId }: JobData<'contacts'>): Promise<NextJob[]> {
    const profile = await this.profiles.find(profileId);
    const agreed = await this.agreed(profile?.content);
    await this.follows.dropFormerContacts(profileId, agreed);
    const taken: RecipientEntity[] = [];
    for (const contact of agreed) taken.push(await this.take(profile!.content, contact));
    for (const person of profile ? await this.people.of(profileId) : [])
      if (person.lastSeenAt) taken.push(await this.join(profileId, person));
    return taken.flatMap(({ id: recipientId }) => [
      job('plan', { recipientId }),
      job('notify', { recipientId }),
    ]);
  }

  private async agreed(profile: Profile | undefined): Promise<Contact[]> {
    if (!profile) return [];
    const { states } = (await this.contacts.of([profile.id]))(profile.id);
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

  /**
   * One of the institute's people. What they are called, and in which language, may have been chosen since:
   * that stays.
   */
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
   * Of an institute that names them no more, so that it reads no further what they are sent. Who signs in is
   * of the institute that they sign in to.
   */
  private async isOfAnother(
    { id, address, profileId: before }: RecipientEntity,
    profileId: string,
  ): Promise<boolean> {
    if (before === null || before === profileId || (await this.people.byEmail(address))) return false;
    return !(await this.follows.isContactOf(id, before));
  }
}
