import { Global, Module } from '@nestjs/common';
import {
  ContactsController,
  ProfilesController,
  ProfileVersionsController,
} from './api/profiles.controller.js';
import { ProfileYamlController } from './api/profile-yaml.controller.js';
import { ContactLimits } from './contacts/contact-limits.js';
import { Contacts } from './contacts/contacts.js';
import { ContactLinkPages } from './pages/contacts/contact-link.controller.js';
import { ContactsPages } from './pages/contacts/contacts.controller.js';
import { ProfilePages } from './pages/profile.controller.js';
import { StartPages } from './pages/start/start.controller.js';
import { ProfileVersionPages } from './pages/versions.controller.js';
import { ProfileYamlPages } from './pages/yaml.controller.js';
import { ProfileSeed } from './profile-seed.js';
import { ProfileYaml } from './profile-yaml.js';
import { Profiles } from './profiles.js';
import { ContactRepository } from './store/contact.repository.js';
import { ProfileVersionRepository, ProfileRepository } from './store/profile.repository.js';

const STORES = [ContactRepository, ProfileRepository, ProfileVersionRepository];
const SERVICES = [ContactLimits, Contacts, ProfileSeed, ProfileYaml, Profiles];

/** Institutes' profiles: their files, editing, and history. */
@Global()
@Module({
  controllers: [
    ContactsController,
    ProfilesController,
    ProfileVersionsController,
    ProfileYamlController,
    ContactLinkPages,
    ContactsPages,
    ProfilePages,
    ProfileVersionPages,
    ProfileYamlPages,
    StartPages,
  ],
  providers: [...STORES, ...SERVICES],
  exports: [...STORES, ...SERVICES],
})
export class ProfilesModule {}
