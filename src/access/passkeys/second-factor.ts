import { Inject, Injectable } from '@nestjs/common';
import { isOfNetwork } from '../../kernel/actor.js';
import type { Environment } from '../../platform/config/environment.js';
import type { Settings } from '../../platform/config/settings.js';
import { ENVIRONMENT, SETTINGS } from '../../platform/tokens.js';
import { relyingPartyOf, type PasskeyPolicy } from '../domain/second-factor.js';
import { type RelyingParty } from '../../kernel/ports.js';
import type { PersonEntity } from '../store/person.entity.js';

/** Who needs a passkey, by the configured policy and what browsers support. */
@Injectable()
export class SecondFactor {
  /** Null if passkeys are switched off or not supported for this address. */
  readonly party: RelyingParty | null;
  /** The configured policy; "off" where there is no party. */
  readonly policy: PasskeyPolicy;

  constructor(@Inject(ENVIRONMENT) env: Environment, @Inject(SETTINGS) { signIn }: Settings) {
    this.party = signIn.passkeys === 'off' ? null : relyingPartyOf(env.PUBLIC_URL);
    this.policy = this.party === null ? 'off' : signIn.passkeys;
  }

  /** Whether passkeys are suggested to them when they sign in. */
  suggestsTo({ role }: Pick<PersonEntity, 'role'>): boolean {
    return this.policy === 'offered' && isOfNetwork(role);
  }

  /** Whether a passkey is mandatory for them. */
  requiredOf({ role }: Pick<PersonEntity, 'role'>): boolean {
    return this.policy === 'required' && isOfNetwork(role);
  }
}
