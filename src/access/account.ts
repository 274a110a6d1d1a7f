import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../kernel/actor.js';
import { Language } from '../kernel/language.js';
import type { Clock } from '../kernel/ports.js';
import { CLOCK } from '../platform/tokens.js';
import { PersonRepository } from './store/person.repository.js';
import { PersonName } from './team.js';

/** The fields that people edit about themselves. */
export const Myself = z.strictObject({ name: PersonName, language: Language });
export type Myself = z.infer<typeof Myself>;

/** A person's own name and language. */
@Injectable()
export class Account {
  constructor(
    private readonly people: PersonRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async describe({ personId }: Actor, myself: Myself): Promise<void> {
    if (personId !== null) await this.people.describe(personId, myself, this.clock.now());
  }
}
