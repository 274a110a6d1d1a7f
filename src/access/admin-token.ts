import { Inject, Injectable } from '@nestjs/common';
import { SettingRepository } from '../platform/database/setting.repository.js';
import { sha256 } from '../kernel/hash.js';
import { isSecret, newSecret } from '../platform/access/secret.js';
import type { Environment } from '../platform/config/environment.js';
import { ENVIRONMENT } from '../platform/tokens.js';

const KEY = 'admin-token-sha256';

/**
 * The operator's credential: set in the environment, or generated at the first start and stored only as a
 * hash.
 */
@Injectable()
export class AdminToken {
  constructor(
    private readonly settings: SettingRepository,
    @Inject(ENVIRONMENT) private readonly env: Environment,
  ) {}

  /** Generates the token if none exists and returns it this once; null afterwards. */
  async makeAtFirstStart(): Promise<string | null> {
    if (this.env.ADMIN_TOKEN) return null;
    const { secret, hash } = newSecret();
    return (await this.settings.claim(KEY, hash)) ? secret : null;
  }

  /**
   * Replaces the token in every process and invalidates the old one. Returns null if the environment sets it,
   * because that value is not ours to change.
   */
  async rotate(): Promise<string | null> {
    if (this.env.ADMIN_TOKEN) return null;
    const { secret, hash } = newSecret();
    await this.settings.put(KEY, hash);
    return secret;
  }

  /**
   * Whether this is the token, compared in constant time. It is looked up on every call, so an old token
   * stops working at once.
   */
  async accepts(token: string): Promise<boolean> {
    const expected = this.env.ADMIN_TOKEN
      ? sha256(this.env.ADMIN_TOKEN)
      : await this.settings.findByKey<string>(KEY);
    return expected !== null && isSecret(token, expected);
  }
}
