import { Inject, Injectable, Logger } from '@nestjs/common';
import { Conflict, Forbidden } from '../../kernel/errors.js';
import type { Actor } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/ports.js';
import { Audit } from '../../audit/audit.js';
import { RateLimit } from '../../platform/access/rate-limit.js';
import { newSecret } from '../../platform/access/secret.js';
import {
  asserted,
  assertionOptions,
  PasskeyRefused,
  registered,
  registrationOptions,
  type Assertion,
  type Credential,
  type Registration,
} from '../../platform/sign-on/web-authn.js';
import { CLOCK } from '../../platform/tokens.js';
import { CHALLENGE_MS } from '../../kernel/lifetimes.js';
import { MOST_PASSKEYS } from '../domain/second-factor.js';
import { type RelyingParty } from '../../kernel/ports.js';
import type { PasskeyEntity } from '../store/sign-in.entity.js';
import { PasskeyRepository } from '../store/passkey.repository.js';
import { SessionRepository } from '../store/session.repository.js';
import { Passkeys } from './passkeys.js';
import { SecondFactor } from './second-factor.js';

const credentialOf = ({ credential: id, publicKey, counter, transports }: PasskeyEntity): Credential => ({
  id,
  publicKey,
  counter: Number(counter),
  transports,
});

/** A person signed in with a browser. */
interface Present {
  personId: string;
  sessionId: string;
}

/** The second factor of a session: the challenge and its answer, valid once and for five minutes. */
@Injectable()
export class PasskeyStep {
  private readonly log = new Logger('Passkeys');

  constructor(
    private readonly passkeys: PasskeyRepository,
    private readonly owned: Passkeys,
    private readonly sessions: SessionRepository,
    private readonly secondFactor: SecondFactor,
    private readonly audit: Audit,
    private readonly limits: RateLimit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns a challenge for their passkeys. Throws Forbidden if nobody is signed in. */
  async ask(actor: Actor): Promise<object> {
    const { personId, sessionId } = present(actor);
    const options = await assertionOptions(this.party(), await this.credentials(personId), CHALLENGE_MS);
    await this.keep(sessionId, options.challenge);
    return options;
  }

  /**
   * Returns a new session secret after a passkey answered, which also counts as a fresh sign-in; null if the
   * passkey is not theirs or the answer is wrong.
   */
  async answer(actor: Actor, answer: Assertion): Promise<string | null> {
    const { personId, sessionId } = present(actor);
    const challenge = await this.sessions.takeChallenge(sessionId, this.clock.now());
    const passkey = (await this.passkeys.ofPerson(personId)).find((k) => k.credential === answer.id);
    if (challenge === null) return this.refuse(actor, 'challenge', passkey);
    if (!passkey) return this.refuse(actor, 'unknown');
    let counter;
    try {
      counter = await asserted(this.party(), challenge, answer, credentialOf(passkey));
    } catch (error) {
      return this.refuse(actor, this.told(error), passkey);
    }
    if (!(await this.passkeys.use(passkey.id, counter, this.clock.now())))
      return this.refuse(actor, 'counter', passkey);
    await this.audit.note('passkey.used', actor.profileId, `passkey/${passkey.id}`);
    return this.prove(sessionId, { authenticatedAt: this.clock.now() });
  }

  /**
   * Returns the options for creating a passkey. Throws Forbidden, and Conflict if they
   * already have the maximum.
   */
  async askNew(actor: Actor): Promise<object> {
    const { personId, sessionId } = mayAdd(actor);
    const all = await this.credentials(personId);
    if (all.length >= MOST_PASSKEYS) throw new Conflict('most-passkeys', { most: MOST_PASSKEYS });
    const person = { id: personId, name: actor.name, email: actor.email! };
    const options = await registrationOptions(this.party(), person, all, CHALLENGE_MS);
    await this.keep(sessionId, options.challenge);
    return options;
  }

  /**
   * Returns a new session secret after a passkey was created; null if the answer is wrong or the device's
   * passkey is already known.
   */
  async add(actor: Actor, name: string, answer: Registration): Promise<string | null> {
    const { sessionId } = mayAdd(actor);
    const challenge = await this.sessions.takeChallenge(sessionId, this.clock.now());
    if (challenge === null) return this.refuse(actor, 'challenge');
    let credential;
    try {
      credential = await registered(this.party(), challenge, answer);
    } catch (error) {
      return this.refuse(actor, this.told(error));
    }
    if (!(await this.owned.add(actor, name, credential))) return this.refuse(actor, 'known');
    return this.prove(sessionId, {});
  }

  private async prove(sessionId: string, also: { authenticatedAt?: Date }): Promise<string> {
    const { secret, hash } = newSecret();
    await this.sessions.prove(sessionId, hash, { secondFactorAt: this.clock.now(), ...also });
    return secret;
  }

  private party(): RelyingParty {
    if (!this.secondFactor.party) throw new Forbidden('passkeys-off');
    return this.secondFactor.party;
  }

  private async credentials(personId: string): Promise<Credential[]> {
    return (await this.passkeys.ofPerson(personId)).map(credentialOf);
  }

  private async keep(sessionId: string, challenge: string): Promise<void> {
    await this.sessions.challenge(sessionId, challenge, new Date(this.clock.now().getTime() + CHALLENGE_MS));
  }

  private told(error: unknown): 'refused' {
    if (!(error instanceof PasskeyRefused)) throw error;
    this.log.warn(error.message);
    return 'refused';
  }

  /**
   * Records every failure in the audit log, which somebody reads, even a counter that did not increase or
   * somebody else's passkey. Throws TooOften.
   */
  private async refuse({ profileId, personId }: Actor, why: string, passkey?: PasskeyEntity): Promise<null> {
    await this.limits.take('failed passkeys of one person', personId!);
    await this.audit.note('passkey.failed', profileId, passkey ? `passkey/${passkey.id}` : null, { why });
    return null;
  }
}

function present({ personId, sessionId }: Actor): Present {
  if (personId === null || sessionId === null) throw new Forbidden('sign-in-first');
  return { personId, sessionId };
}

/** Anyone with a passkey must show it before adding another: an e-mail link is not enough. */
function mayAdd(actor: Actor): Present {
  if (actor.awaits === 'passkey') throw new Forbidden('passkey-first');
  return present(actor);
}
