import { Injectable, NotFoundException } from '@nestjs/common';
import { ProfileRepository } from '../profiles/store/index.js';

/** The institutes of the network. */
@Injectable()
export class Institutes {
  constructor(private readonly profiles: ProfileRepository) {}

  /** What they are called, by their ids. */
  names(): Promise<Map<string, string>> {
    return this.profiles.names();
  }

  /** Throws NotFoundException where there is no such institute. */
  async head(id: string): Promise<{ id: string; name: string; confirmed: boolean }> {
    const profile = await this.profiles.find(id);
    if (!profile) throw new NotFoundException(`There is no institute "${id}".`);
    return { id, name: profile.content.name, confirmed: profile.content.confirmed };
  }
}
