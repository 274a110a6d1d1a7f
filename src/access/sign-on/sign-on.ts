import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Audit } from '../../audit/audit.js';
import type { Actor } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/ports.js';
import { IdentityProviders, SignOnForged } from '../../platform/sign-on/identity-providers.js';
import { SEALED, SecretBox } from '../../platform/secrets/secret-box.js';
import { CLOCK } from '../../platform/tokens.js';
import { SIGN_ON_MS } from '../../kernel/lifetimes.js';
import { ownPath } from '../domain/landing.js';
import { addressIn, languageIn, roleIn, showedTwice, type Refusal } from '../domain/sign-on/claims.js';
import { type Claims } from '../../kernel/sign-on.js';
import type { SignOnProvider } from '../../kernel/sign-on.js';
import { Departures } from '../departure/departures.js';
import { Sessions, type Arrival, type Device } from '../sessions.js';
import { IdentityRepository } from '../store/identity.repository.js';
import type { PersonEntity } from '../store/person.entity.js';
import { PersonRepository } from '../store/person.repository.js';

const PLACE = 'sign-on';

/** What the browser keeps while it is at the provider, encrypted and authenticated. */
const Kept = z.object({
  provider: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  again: z.boolean(),
  next: z.string().nullable(),
  /** The signed-in person who confirms their identity; null for a sign-in. */
  personId: z.string().nullable(),
  until: z.number(),
});
type Kept = z.infer<typeof Kept>;

const forCookie = (sealed: string): string => Buffer.from(sealed).toString('base64url');

export interface Asking {
  next: string | null;
  /** An address already typed, so that they need not type it again at the provider. */
  address: string | null;
  /** The signed-in person who confirms their identity; null otherwise. */
  confirms: string | null;
}

/** Sign-in with an institute's account (OpenID Connect). */
@Injectable()
export class SignOn {
  constructor(
    private readonly providers: IdentityProviders,
    private readonly people: PersonRepository,
    private readonly identities: IdentityRepository,
    private readonly sessions: Sessions,
    private readonly departures: Departures,
    private readonly audit: Audit,
    private readonly box: SecretBox,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Returns where to redirect the browser, and what it keeps meanwhile. Throws a CarnotError if the provider
   * is unreachable.
   */
  async start(
    provider: SignOnProvider,
    { next, address, confirms }: Asking,
  ): Promise<{ url: string; kept: string }> {
    const { url, started } = await this.providers.start(provider, { again: confirms !== null, address });
    const kept: Kept = {
      ...started,
      provider: provider.id,
      next: ownPath(next),
      personId: confirms,
      until: this.clock.now().getTime() + SIGN_ON_MS,
    };
    return { url: url.href, kept: forCookie(this.box.seal(JSON.stringify(kept), PLACE)) };
  }

  /**
   * Signs in the person whom the provider vouches for, from its redirect's query and what the browser kept,
   * or returns why not. Throws SignOnDenied, SignOnForged, and a CarnotError if the provider is unreachable.
   */
  async finish(
    provider: SignOnProvider,
    came: { query: string; kept: string | undefined },
    device: Device,
  ): Promise<Arrival | Refusal> {
    const kept = this.opened(came.kept);
    if (kept?.provider !== provider.id || this.clock.now().getTime() > kept.until)
      throw new SignOnForged('this browser did not ask, or waited too long');
    const { claims, secondsAgo } = await this.providers.finish(provider, came.query, kept);
    const person = await this.personOf(provider, claims);
    if (typeof person === 'object' && (kept.personId === null || kept.personId === person.id))
      return this.sessions.begin(person, device, kept.next, {
        provider: provider.id,
        secondsAgo,
        twice: showedTwice(claims),
      });
    const why = typeof person === 'string' ? person : 'other-subject';
    await this.audit.note('sign-in.failed', provider.institute ?? null, null, { by: provider.id, why });
    return why;
  }

  /** The providers a person has signed in with and may use to confirm their identity. */
  async providersOf({ personId }: Actor): Promise<SignOnProvider[]> {
    const theirs = personId === null ? [] : await this.identities.providersOf(personId);
    return this.providers.all.filter(({ id }) => theirs.includes(id));
  }

  private opened(cookie: string | undefined): Kept | null {
    const sealed = Buffer.from(cookie ?? '', 'base64url').toString();
    const text = sealed.startsWith(SEALED) ? this.box.open(sealed, PLACE) : null;
    return text === null ? null : Kept.parse(JSON.parse(text));
  }

  /**
   * Returns the person for these claims, with the role they give. The provider's subject counts before the
   * address, because an address can get a new owner.
   */
  private async personOf(provider: SignOnProvider, claims: Claims): Promise<PersonEntity | Refusal> {
    const role = roleIn(provider, claims);
    if (role === null) return 'no-role';
    const known = await this.identities.personOf(provider.id, claims.sub);
    const person =
      (known !== null && (await this.people.findById(known))) ||
      // Somebody who was removed comes in only as whom another institute invited.
      (await this.byAddress(provider, claims, known === null ? role : undefined));
    if (typeof person === 'string') return person;
    if (!person) return 'not-invited';
    if (provider.institute !== undefined && person.profileId !== provider.institute) return 'other-institute';
    const identity = {
      provider: provider.id,
      subject: claims.sub,
      personId: person.id,
      createdAt: this.clock.now(),
    };
    if (!(await this.identities.link(identity))) return 'other-subject';
    if (role === undefined || role === person.role) return person;
    // The last officer stays one, because somebody must be able to invite the others.
    const told = { how: 'role', by: provider } as const;
    const changed = await this.departures.change(person, { role, keepsOne: true }, told);
    if (typeof changed === 'string') return person;
    return { ...person, role };
  }

  private async byAddress(
    provider: SignOnProvider,
    claims: Claims,
    role: ReturnType<typeof roleIn>,
  ): Promise<PersonEntity | Refusal | null> {
    const vouched = addressIn(provider, claims);
    if (typeof vouched === 'string') return vouched;
    const { email } = vouched;
    const person = await this.people.byEmail(email);
    // People whom their institute removed come back only by invitation.
    if (person) return person.removedAt === null ? person : null;
    if (!role || provider.institute === undefined) return null;
    return this.people.add({
      id: randomUUID(),
      email,
      name: claims.name ?? email,
      language: languageIn(claims),
      role,
      profileId: provider.institute,
      createdAt: this.clock.now(),
      invitedBy: provider.name,
      invitedById: null,
    });
  }
}
