import { Module } from '@nestjs/common';
import { ContactLimits } from './contacts/contact-limits.js';
import { ContactsController } from './api/contacts.controller.js';
import { ContactsDue } from './contacts/contacts-due.js';
import { Contacts } from './contacts/contacts.js';
import { ProfileSeed } from './profile-seed.js';
import { ProfileVersionsController } from './api/profile-versions.controller.js';
import { ProfileYaml } from './profile-yaml.js';
import { ProfileYamlController } from './api/profile-yaml.controller.js';
import { Profiles } from './profiles.js';
import { ProfilesController } from './api/profiles.controller.js';

/** Institutes' profiles: their files, editing, and history. */
@Module({
  controllers: [ContactsController, ProfilesController, ProfileVersionsController, ProfileYamlController],
  providers: [ContactLimits, Contacts, ContactsDue, Profiles, ProfileYaml, ProfileSeed],
  exports: [Contacts, ContactsDue, Profiles, ProfileYaml, ProfileSeed],
})
export class ProfilesModule {}
