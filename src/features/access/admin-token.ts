import { Inject, Injectable } from '@nestjs/common';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../../domain/call/content-hash.js';
import { SettingRepository } from '../../persistence/repositories/setting.repository.js';
import type { Environment } from '../../platform/config/environment.js';
import { ENVIRONMENT } from '../../platform/tokens.js';

const KEY = 'admin-token-sha256';

/** The operator's credential: the environment's, or one that is made at the first start and kept as its hash alone. */
@Injectable()
export class AdminToken {
  private hash: string | null = null;

  constructor(
    private readonly settings: SettingRepository,
    @Inject(ENVIRONMENT) private readonly env: Environment,
  ) {}

  /** Makes the token where there is none yet, and gives it that once; null ever after. A fast hash will do: it is 256 random bits. */
  async makeAtFirstStart(): Promise<string | null> {
    if (this.env.ADMIN_TOKEN) return null;
    const token = randomBytes(32).toString('base64url');
    return (await this.settings.claim(KEY, sha256(token))) ? token : null;
  }

  /** Whether this is the token, in a time that does not tell how much of it is right. */
  async accepts(token: string): Promise<boolean> {
    const expected = this.env.ADMIN_TOKEN ? sha256(this.env.ADMIN_TOKEN) : (this.hash ??= await this.settings.find<string>(KEY));
    return expected !== null && timingSafeEqual(Buffer.from(sha256(token)), Buffer.from(expected));
  }
}
