import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../kernel/actor.js';
import { Language } from '../kernel/language.js';
import { issue } from '../kernel/issues.js';
import type { Clock } from '../kernel/ports.js';
import { CLOCK } from '../platform/tokens.js';
import { PersonRepository } from './store/person.repository.js';
import { PersonName } from './team.js';

/** The fields that people edit about themselves. */
export const Myself = z.strictObject({ name: PersonName, language: Language });
export type Myself = z.infer<typeof Myself>;

/** A telephone number as people write it: +33 4 76 00 00 00, ext. numbers in parentheses. */
const Telephone = z
  .string()
  .trim()
  .max(40)
  .regex(/^\+?[\d ().-]{6,}$/, issue('no-telephone'));
/** The same on the page, with what the members of a joint opportunity may see of them. */
export const AccountForm = Myself.extend({ telephone: Telephone.nullable(), showsContact: z.boolean() });
export type OwnContact = Pick<z.infer<typeof AccountForm>, 'telephone' | 'showsContact'>;

/** A person's own name, language and telephone. */
@Injectable()
export class Account {
  constructor(
    private readonly people: PersonRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What they allow the members of a joint opportunity to see. */
  async contact({ personId }: Actor): Promise<OwnContact> {
    const person = personId === null ? null : await this.people.findById(personId);
    return { telephone: person?.telephone ?? null, showsContact: person?.showsContact ?? false };
  }

  async describe({ personId }: Actor, myself: Myself & Partial<OwnContact>): Promise<void> {
    if (personId !== null) await this.people.describe(personId, myself, this.clock.now());
  }
}
