export { ContactRepository, addressOf } from './contact.repository.js';
export { lockProfile } from './lock-profile.js';
export { ProfileEntity } from './profile.entity.js';
export { NEVER, ProfileRepository } from './profile.repository.js';
