import { ConflictException, Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../domain/ports.js';
import type { Language } from '../../domain/profile/profile.js';
import type { PersonEntity } from '../../persistence/entities/person.entity.js';
import { PersonRepository } from '../../persistence/repositories/person.repository.js';
import { CLOCK } from '../../platform/tokens.js';
import { AdminToken } from './admin-token.js';
import { Sessions, type Arrival, type Device } from './sessions.js';

/** How the operator of a fresh installation becomes its first person: with the admin token, since nobody is there yet who could invite. */
@Injectable()
export class FirstStart {
  constructor(
    private readonly adminToken: AdminToken,
    private readonly people: PersonRepository,
    private readonly sessions: Sessions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whether the network has no coordinator yet. */
  async isDue(): Promise<boolean> {
    return (await this.people.of(null)).length === 0;
  }

  /**
   * Makes a coordinator of that address, or finds the one that there is, and signs them in. Null where the token is not the one.
   * Throws ConflictException where the address is somebody's of an institute.
   */
  async enter(token: string, told: { name: string; email: string; language: Language }, device: Device): Promise<Arrival | null> {
    if (!(await this.adminToken.accepts(token))) return null;
    return this.sessions.begin(await this.coordinator(told), device, null);
  }

  private async coordinator(told: { name: string; email: string; language: Language }): Promise<PersonEntity> {
    const made = await this.people.add({ ...told, id: randomUUID(), role: 'coordinator', profileId: null, createdAt: this.clock.now(), invitedBy: null });
    const person = made ?? (await this.people.byEmail(told.email));
    if (person?.role !== 'coordinator') throw new ConflictException('This address belongs to somebody of an institute: take another one for the network.');
    return person;
  }
}
