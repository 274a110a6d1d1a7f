import { Inject, Injectable } from '@nestjs/common';
import type { Environment } from '../../platform/config/environment.js';
import type { Settings } from '../../platform/config/settings.js';
import { ENVIRONMENT, SETTINGS } from '../../platform/tokens.js';
import {
  awaitedOf,
  relyingPartyOf,
  type Awaited,
  type PasskeyPolicy,
  type RelyingParty,
} from '../domain/second-factor.js';
import type { PersonEntity } from '../store/person.entity.js';
import type { SessionEntity } from '../store/session.entity.js';

/** Who is asked for a passkey, as this installation wants it and browsers can give it. */
@Injectable()
export class SecondFactor {
  /** For whom browsers make passkeys here; null where they are switched off, or no browser makes any. */
  readonly party: RelyingParty | null;
  private readonly policy: PasskeyPolicy;

  constructor(@Inject(ENVIRONMENT) env: Environment, @Inject(SETTINGS) { signIn }: Settings) {
    this.party = signIn.passkeys === 'off' ? null : relyingPartyOf(env.PUBLIC_URL);
    this.policy = this.party === null ? 'off' : signIn.passkeys;
  }

  /** What a session of theirs waits for. */
  awaitedOf(
    { role }: Pick<PersonEntity, 'role'>,
    hasPasskey: boolean,
    { secondFactorAt }: Pick<SessionEntity, 'secondFactorAt'>,
  ): Awaited | undefined {
    return awaitedOf(this.policy, { role, hasPasskey, secondFactorAt });
  }

  /** Whether passkeys are suggested to them when they sign in. */
  suggestsTo({ role }: Pick<PersonEntity, 'role'>): boolean {
    return this.policy === 'offered' && role === 'coordinator';
  }

  /** Whether they cannot be without one. */
  requiredOf({ role }: { role: string }): boolean {
    return this.policy === 'required' && role === 'coordinator';
  }
}
