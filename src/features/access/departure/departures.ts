import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Actor } from '../../../domain/access/actor.js';
import { departureMail } from '../../../domain/access/departure-mail.js';
import { job } from '../../../domain/jobs.js';
import type { Clock } from '../../../domain/ports.js';
import type { PersonEntity } from '../../../persistence/entities/person.entity.js';
import { LetterRepository } from '../../../persistence/repositories/letter.repository.js';
import { PersonRepository, type Changed } from '../../../persistence/repositories/person.repository.js';
import { ProfileRepository } from '../../../persistence/repositories/profile.repository.js';
import type { Environment } from '../../../platform/config/environment.js';
import { messageIdOf } from '../../../platform/mail/message-id.js';
import { Queues } from '../../../platform/queue/queues.js';
import { CLOCK, ENVIRONMENT } from '../../../platform/tokens.js';

/** Tells those who lead an institute, or the network, what ended with somebody who left or lost a role. */
@Injectable()
export class Departures {
  constructor(
    private readonly people: PersonRepository,
    private readonly profiles: ProfileRepository,
    private readonly letters: LetterRepository,
    private readonly queues: Queues,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Mails each of them, where something ended that others may have used. */
  async tell({ person, ended }: Changed, left: boolean, by: Actor): Promise<void> {
    const { serviceKeys, feeds, calendars } = ended;
    if (serviceKeys.length + feeds.length + calendars.length === 0) return;
    const { profileId } = person;
    const institute = profileId === null ? null : (await this.profiles.find(profileId))?.content.name ?? profileId;
    const url = `${this.env.PUBLIC_URL}${profileId === null ? '/coordinators' : `/institutes/${profileId}/team`}`;
    const leading = (await this.people.of(profileId)).filter((p) => p.role !== 'reader');
    const told = { person: person.name, by: by.name, institute, left, serviceKeys, feeds, calendars, url };
    await this.queues.hurry(await Promise.all(leading.map(async (to) => job('post', { letterId: await this.write(to, departureMail({ ...told, to: to.name, language: to.language })) }))));
  }

  private async write({ name, email, profileId }: PersonEntity, mail: ReturnType<typeof departureMail>): Promise<string> {
    const id = randomUUID();
    await this.letters.write({
      id, kind: 'departure', profileId, toName: name, toAddress: email, replyTo: null, ...mail, messageId: messageIdOf(id, this.env), expiresAt: null, createdAt: this.clock.now(),
    });
    return id;
  }
}
