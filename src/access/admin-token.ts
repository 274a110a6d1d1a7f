import { Inject, Injectable } from '@nestjs/common';
import { SettingRepository } from '../platform/database/setting.repository.js';
import { sha256 } from '../calls/domain/index.js';
import { isSecret, newSecret } from '../platform/access/secret.js';
import type { Environment } from '../platform/config/environment.js';
import { ENVIRONMENT } from '../platform/tokens.js';

const KEY = 'admin-token-sha256';

/**
 * The operator's credential: the environment's, or one that is made at the first start and kept as its hash
 * alone.
 */
@Injectable()
export class AdminToken {
  constructor(
    private readonly settings: SettingRepository,
    @Inject(ENVIRONMENT) private readonly env: Environment,
  ) {}

  /** Makes the token where there is none yet, and gives it that once; null ever after. */
  async makeAtFirstStart(): Promise<string | null> {
    if (this.env.ADMIN_TOKEN) return null;
    const { secret, hash } = newSecret();
    return (await this.settings.claim(KEY, hash)) ? secret : null;
  }

  /**
   * Makes another token, which alone is good from now on, in every process; null where the environment names
   * it, since that is not ours to change.
   */
  async rotate(): Promise<string | null> {
    if (this.env.ADMIN_TOKEN) return null;
    const { secret, hash } = newSecret();
    await this.settings.put(KEY, hash);
    return secret;
  }

  /**
   * Whether this is the token, in a time that does not tell how much of it is right. It is looked up each
   * time, so that a former one ends at once.
   */
  async accepts(token: string): Promise<boolean> {
    const expected = this.env.ADMIN_TOKEN
      ? sha256(this.env.ADMIN_TOKEN)
      : await this.settings.find<string>(KEY);
    return expected !== null && isSecret(token, expected);
  }
}
