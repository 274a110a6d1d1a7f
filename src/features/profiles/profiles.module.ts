import { Module } from '@nestjs/common';
import { ProfileSeed } from './profile-seed.js';
import { ProfileVersionsController } from './profile-versions.controller.js';
import { ProfileYaml } from './profile-yaml.js';
import { ProfileYamlController } from './profile-yaml.controller.js';
import { Profiles } from './profiles.js';
import { ProfilesController } from './profiles.controller.js';

/** Institutes' profiles: their files, editing them, and what they were. */
@Module({ controllers: [ProfilesController, ProfileVersionsController, ProfileYamlController], providers: [Profiles, ProfileYaml, ProfileSeed], exports: [Profiles, ProfileYaml, ProfileSeed] })
export class ProfilesModule {}
