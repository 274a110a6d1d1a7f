import { Injectable } from '@nestjs/common';
import { NotFound } from '../kernel/errors.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';

@Injectable()
export class Institutes {
  constructor(private readonly profiles: ProfileRepository) {}

  /** Returns their names by id. */
  names(): Promise<Map<string, string>> {
    return this.profiles.names();
  }

  /** Throws NotFound if there is no institute with this id. */
  async head(id: string): Promise<{ id: string; name: string; confirmed: boolean }> {
    const profile = await this.profiles.findById(id);
    if (!profile) throw new NotFound('no-institute', { id });
    return { id, name: profile.content.name, confirmed: profile.content.confirmed };
  }
}
