import { Module } from '@nestjs/common';
import { AskContactsStage } from './ask-contacts.stage.js';
import { ContactLimits } from './contact-limits.js';
import { ContactsController } from './contacts.controller.js';
import { ContactsDue } from './contacts-due.js';
import { Contacts } from './contacts.js';
import { ProfileSeed } from './profile-seed.js';
import { ProfileVersionsController } from './profile-versions.controller.js';
import { ProfileYaml } from './profile-yaml.js';
import { ProfileYamlController } from './profile-yaml.controller.js';
import { Profiles } from './profiles.js';
import { ProfilesController } from './profiles.controller.js';

/** Institutes' profiles: their files, editing them, and what they were. */
@Module({
  controllers: [ContactsController, ProfilesController, ProfileVersionsController, ProfileYamlController],
  providers: [AskContactsStage, ContactLimits, Contacts, ContactsDue, Profiles, ProfileYaml, ProfileSeed],
  exports: [AskContactsStage, Contacts, ContactsDue, Profiles, ProfileYaml, ProfileSeed],
})
export class ProfilesModule {}
