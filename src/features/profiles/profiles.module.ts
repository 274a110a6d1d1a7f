import { Module } from '@nestjs/common';
import { ProfileSeed } from './profile-seed.js';
import { ProfilesController } from './profiles.controller.js';

/** Institutes' profiles: their files, and editing them. */
@Module({ controllers: [ProfilesController], providers: [ProfileSeed], exports: [ProfileSeed] })
export class ProfilesModule {}
