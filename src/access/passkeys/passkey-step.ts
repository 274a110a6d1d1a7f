import { ConflictException, ForbiddenException, Inject, Injectable, Logger } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/ports.js';
import { Audit } from '../../audit/index.js';
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
import { CHALLENGE_MS } from '../domain/lifetimes.js';
import { MOST_PASSKEYS, type RelyingParty } from '../domain/second-factor.js';
import type { PasskeyEntity } from '../store/passkey.entity.js';
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

/** A person in a browser. */
interface Present {
  personId: string;
  sessionId: string;
}

/**
 * The second factor in a session: what a browser is asked, and what it answers, once and within five minutes.
 */
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

  /** What a passkey of theirs is to answer. Throws ForbiddenException where nobody is signed in. */
  async ask(actor: Actor): Promise<object> {
    const { personId, sessionId } = present(actor);
    const options = await assertionOptions(this.party(), await this.credentials(personId), CHALLENGE_MS);
    await this.keep(sessionId, options.challenge);
    return options;
  }

  /**
   * A new secret for the session in which a passkey has answered, which is proof of today too; null where it
   * is none of theirs, or not the answer.
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
   * By what a browser is to make a passkey. Throws ForbiddenException, and ConflictException where they have
   * many.
   */
  async askNew(actor: Actor): Promise<object> {
    const { personId, sessionId } = mayAdd(actor);
    const all = await this.credentials(personId);
    if (all.length >= MOST_PASSKEYS)
      throw new ConflictException(`Nobody has more than ${MOST_PASSKEYS} passkeys: remove one first.`);
    const person = { id: personId, name: actor.name, email: actor.email! };
    const options = await registrationOptions(this.party(), person, all, CHALLENGE_MS);
    await this.keep(sessionId, options.challenge);
    return options;
  }

  /**
   * A new secret for the session in which a passkey was made; null where what came is not the answer, or the
   * device's passkey is known already.
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
    if (!this.secondFactor.party) throw new ForbiddenException('Passkeys are not used here.');
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
   * A count that does not go on, or another's passkey, is entered like any failure: somebody reads the log.
   * Throws TooOften.
   */
  private async refuse({ profileId, personId }: Actor, why: string, passkey?: PasskeyEntity): Promise<null> {
    await this.limits.take('failed passkeys of one person', personId!);
    await this.audit.note('passkey.failed', profileId, passkey ? `passkey/${passkey.id}` : null, { why });
    return null;
  }
}

function present({ personId, sessionId }: Actor): Present {
  if (personId === null || sessionId === null) throw new ForbiddenException('Sign in first.');
  return { personId, sessionId };
}

/** Who has a passkey shows it before they add another: a link by e-mail alone adds none. */
function mayAdd(actor: Actor): Present {
  if (actor.awaits === 'passkey') throw new ForbiddenException('Answer with a passkey of yours first.');
  return present(actor);
}
