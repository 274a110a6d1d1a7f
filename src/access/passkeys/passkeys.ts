import { pageFromMail } from '../domain/landing.js';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Conflict, NotFound, Unauthorized } from '../../kernel/errors.js';
import type { Actor } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/ports.js';
import {
  newTransactionalMail,
  type NewTransactionalMail,
} from '../../outbox/store/transactional-mail.repository.js';
import type { Environment } from '../../platform/config/environment.js';
import { Queues, job } from '../../platform/queue/job.js';
import type { Credential } from '../../platform/sign-on/web-authn.js';
import { CLOCK, ENVIRONMENT } from '../../platform/tokens.js';
import { passkeyMail, type PasskeyNews, type Remover } from '../domain/sign-in-mails.js';
import { MOST_PASSKEYS } from '../domain/second-factor.js';
import type { PasskeyEntity } from '../store/sign-in.entity.js';
import { PasskeyRepository } from '../store/passkey.repository.js';
import type { PersonEntity } from '../store/person.entity.js';
import { PersonRepository } from '../store/person.repository.js';
import { passkeyView, type PasskeyView } from '../api/credential-views.js';
import { SecondFactor } from './second-factor.js';
import { MAIL } from '../../outbox/mail.job.js';

/** People's passkeys; owners are told of every addition and removal. */
@Injectable()
export class Passkeys {
  constructor(
    private readonly passkeys: PasskeyRepository,
    private readonly people: PersonRepository,
    private readonly secondFactor: SecondFactor,
    private readonly queues: Queues,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list({ personId }: Actor): Promise<PasskeyView[]> {
    return personId === null ? [] : (await this.passkeys.ofPerson(personId)).map(passkeyView);
  }

  /** Returns who has a passkey at an institute, or at the network if null. */
  async holders(profileId: string | null): Promise<string[]> {
    return this.passkeys.holders(profileId);
  }

  /**
   * Stores a passkey; false if the device's passkey is already known. Throws Conflict if the person
   * already has the maximum: another session may have added one since this one was asked for. Throws
   * Unauthorized if the session ended meanwhile.
   */
  async add({ personId, sessionId }: Actor, name: string, credential: Credential): Promise<boolean> {
    const person = await this.people.findById(personId!);
    if (!person) throw new Unauthorized('no-credential');
    const mail = this.mail(person, { what: 'made', passkeys: [name], by: null });
    const made = await this.passkeys.add(
      {
        id: randomUUID(),
        personId: person.id,
        name,
        credential: credential.id,
        publicKey: credential.publicKey,
        counter: String(credential.counter),
        transports: credential.transports,
        createdAt: this.clock.now(),
      },
      sessionId!,
      MOST_PASSKEYS,
      mail,
    );
    if (made === 'gone') throw new Unauthorized('no-credential');
    if (made === 'full') throw new Conflict('most-passkeys', { most: MOST_PASSKEYS });
    if (made === 'added') await this.send(mail);
    return made === 'added';
  }

  /** Removes one of the person's own. Throws NotFound, and Conflict if it is mandatory. */
  async remove(actor: Actor, id: string): Promise<void> {
    const person = (await this.people.findById(actor.personId!))!;
    const passkey = (await this.passkeys.ofPerson(person.id)).find((k) => k.id === id);
    if (!passkey) throw new NotFound('no-passkey-of-yours');
    const mail = this.mail(person, { what: 'removed', passkeys: [passkey.name], by: null });
    const done = await this.passkeys.remove(passkey, this.secondFactor.requiredOf(person), mail);
    if (done === 'unknown') throw new NotFound('no-passkey-of-yours');
    if (done === 'last') throw new Conflict('only-passkey');
    await this.send(mail);
  }

  /**
   * Removes all passkeys of a person who lost them, at an institute or at the network if null: they can then
   * sign in by link or provider alone. Throws NotFound if there are none, and Conflict for
   * the caller's own.
   */
  async removeOf(profileId: string | null, personId: string, by: Actor): Promise<void> {
    const person = await this.people.findById(personId);
    if (!person || person.removedAt !== null || person.profileId !== profileId)
      throw new NotFound('not-on-team');
    if (person.id === by.personId) throw new Conflict('own-passkeys');
    await this.removeAll(person, by.kind === 'operator' ? 'operator' : { name: by.name });
  }

  /** Does the same for the person with that address. Throws NotFound. */
  async removeOfAddress(address: string): Promise<void> {
    const person = await this.people.byEmail(address);
    if (!person || person.removedAt !== null) throw new NotFound('nobody-here');
    await this.removeAll(person, 'operator');
  }

  private async removeAll(person: PersonEntity, by: Remover): Promise<void> {
    const all = await this.passkeys.ofPerson(person.id);
    if (all.length === 0) throw new NotFound('no-passkeys');
    const mail = this.mail(person, { what: 'removed', passkeys: namesOf(all), by });
    await this.passkeys.removeAll(person.id, this.clock.now(), mail);
    await this.send(mail);
  }

  private mail(
    { id, name, language, email, profileId }: PersonEntity,
    news: Pick<PasskeyNews, 'what' | 'passkeys' | 'by'>,
  ): NewTransactionalMail {
    return newTransactionalMail(this.env, {
      kind: 'passkey',
      profileId,
      toName: name,
      toAddress: email,
      ...passkeyMail({ ...news, to: { name, language }, url: pageFromMail(this.env, { id }, '/account') }),
      createdAt: this.clock.now(),
    });
  }

  private send({ id }: NewTransactionalMail): Promise<void> {
    return this.queues.hurry([job(MAIL, { mailId: id })]);
  }
}

const namesOf = (all: PasskeyEntity[]): string[] => all.map(({ name }) => name);
