import { Inject, Injectable } from '@nestjs/common';
import { ownPath } from './domain/own-path.js';
import type { Clock } from '../kernel/ports.js';
import { PersonRepository } from './store/person.repository.js';
import { SignInLinkRepository } from './store/sign-in-link.repository.js';
import { noSoonerThan } from '../platform/access/even-time.js';
import { RateLimit } from '../platform/access/rate-limit.js';
import { sha256 } from '../calls/domain/index.js';
import { IdentityProviders } from '../platform/sign-on/identity-providers.js';
import { CLOCK } from '../platform/tokens.js';
import { Sessions, type Arrival, type Device } from './sessions.js';
import { SignInLinks } from './sign-in-links.js';

/**
 * Every request for a link takes this long, so that its time does not tell whether somebody has that address.
 */
const ANSWER_MS = 400;

/** Signing in with a link from a mail. */
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
   * Mails a link to whoever has that address, unless as many as can be are under way: a stranger who asks on
   * and on fills a mailbox no further, and keeps nobody out. Nobody is told whether somebody has the address:
   * neither by the answer nor by its time.
   */
  async ask(email: string, next: string | null): Promise<void> {
    await noSoonerThan(ANSWER_MS, this.mail(email, next));
  }

  private async mail(email: string, next: string | null): Promise<void> {
    if (!(await this.limits.allows('sign-in links to an address', email))) return;
    const person = await this.people.byEmail(email);
    if (person && person.removedAt === null) await this.signInLinks.ask(person, ownPath(next));
  }

  /**
   * Whom a link would sign in; null where it is used, expired or none. Looking changes nothing: scanners of
   * mails open every link.
   */
  async look(token: string): Promise<{ name: string; email: string } | null> {
    const link = await this.links.usable(sha256(token), this.clock.now());
    const person = link && (await this.people.find(link.personId));
    return person && this.mayBeUsedBy(person) ? { name: person.name, email: person.email } : null;
  }

  /** Signs in with a link, once; null where that cannot be any more. */
  async use(token: string, device: Device): Promise<Arrival | null> {
    const link = await this.links.use(sha256(token), this.clock.now());
    const person = link && (await this.people.find(link.personId));
    return person && this.mayBeUsedBy(person)
      ? this.sessions.begin(person, device, ownPath(link.next))
      : null;
  }

  /** A link that was sent before their institute asked for its own account signs them in no more. */
  private mayBeUsedBy({ email }: { email: string }): boolean {
    return this.providers.requiredFor(email) === undefined;
  }
}
