import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ownPath } from './domain/landing.js';
import type { Clock } from '../kernel/ports.js';
import type { PersonEntity } from './store/person.entity.js';
import { PersonRepository } from './store/person.repository.js';
import { SignInLinkRepository } from './store/messages-of-person.js';
import { noSoonerThan } from '../platform/access/secret.js';
import { RateLimit } from '../platform/access/rate-limit.js';
import { sha256 } from '../kernel/hash.js';
import { IdentityProviders } from '../platform/sign-on/identity-providers.js';
import { CLOCK } from '../platform/tokens.js';
import { Sessions, type Arrival, type Device } from './sessions.js';
import { SignInLinks } from './sign-in-links.js';

/** The duration of every request for a link: timing must not reveal whether the address has an account. */
const ANSWER_MS = 400;

/** Sign-in with an e-mail link. */
@Injectable()
export class SignIn {
  constructor(
    private readonly people: PersonRepository,
    private readonly links: SignInLinkRepository,
    private readonly signInLinks: SignInLinks,
    private readonly sessions: Sessions,
    private readonly limits: RateLimit,
    private readonly providers: IdentityProviders,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * E-mails a link if the address has an account, unless the maximum number of links is under way: a stranger
   * who keeps asking can neither flood a mailbox nor lock anyone out. Neither the answer nor its timing
   * reveals whether the address has an account.
   */
  async ask(email: string, next: string | null): Promise<void> {
    await noSoonerThan(ANSWER_MS, this.mail(email, next));
  }

  private async mail(email: string, next: string | null): Promise<void> {
    if (!(await this.limits.allows('sign-in links to an address', email))) return;
    const person = await this.people.byEmail(email);
    if (person && person.removedAt === null) await this.signInLinks.ask(person, ownPath(next));
  }

  /** Returns whom the link of an e-mail names; null if they have left, or it is none of ours. */
  async reader(id: string): Promise<Pick<PersonEntity, 'id' | 'email' | 'language'> | null> {
    return z.uuid().safeParse(id).success ? this.people.findById(id) : null;
  }

  /**
   * Returns whom a link would sign in; null if it is used, expired or unknown. Changes nothing, because mail
   * scanners open every link.
   */
  async look(token: string): Promise<{ name: string; email: string } | null> {
    const link = await this.links.usable(sha256(token), this.clock.now());
    const person = link && (await this.people.findById(link.personId));
    return person && this.mayBeUsedBy(person) ? { name: person.name, email: person.email } : null;
  }

  /** Signs in with a link, once; null if it is no longer valid. */
  async use(token: string, device: Device): Promise<Arrival | null> {
    const link = await this.links.use(sha256(token), this.clock.now());
    const person = link && (await this.people.findById(link.personId));
    return person && this.mayBeUsedBy(person)
      ? this.sessions.begin(person, device, ownPath(link.next))
      : null;
  }

  /** Links sent before their institute required its own account no longer work. */
  private mayBeUsedBy({ email }: { email: string }): boolean {
    return this.providers.requiredFor(email) === undefined;
  }
}
