import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Conflict, Forbidden } from '../kernel/errors.js';
import type { Clock } from '../kernel/ports.js';
import type { Language } from '../kernel/language.js';
import { Audit } from '../audit/audit.js';
import { PersonRepository } from './store/person.repository.js';
import { CLOCK } from '../platform/tokens.js';
import { AdminToken } from './admin-token.js';
import { Sessions, type Arrival, type Device } from './sessions.js';

/** A coordinator exists, so the admin token no longer signs anyone in. */
export class FirstStartOver extends Forbidden<'network-has-coordinator'> {
  constructor() {
    super('network-has-coordinator');
  }
}

/**
 * Lets the operator of a new installation become its first person with the admin token, because nobody exists
 * yet who could invite.
 */
@Injectable()
export class FirstStart {
  constructor(
    private readonly adminToken: AdminToken,
    private readonly people: PersonRepository,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whether the network has no coordinator yet. */
  async isDue(): Promise<boolean> {
    return (await this.people.findByProfile(null)).length === 0;
  }

  /**
   * Creates a coordinator with that address and signs them in, once: from then on people are invited. Returns
   * null if the token is wrong. Throws FirstStartOver if a coordinator exists, and Conflict if the
   * address belongs to an institute's person.
   */
  async enter(
    token: string,
    told: { name: string; email: string; language: Language },
    device: Device,
  ): Promise<Arrival | null> {
    if (!(await this.isDue())) throw new FirstStartOver();
    if (!(await this.adminToken.accepts(token))) {
      await this.audit.note('sign-in.failed', null, null, { by: 'admin token' });
      return null;
    }
    const fresh = {
      ...told,
      id: randomUUID(),
      role: 'coordinator' as const,
      profileId: null,
      createdAt: this.clock.now(),
      invitedBy: null,
      invitedById: null,
    };
    const made = await this.people.add(fresh);
    if (!made) throw new Conflict('address-at-institute');
    return this.sessions.begin(made, device, null);
  }
}
