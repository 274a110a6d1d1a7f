import type { Profile } from '../../profiles/domain/profile.js';
import { hashOfProfile, type InstituteFile } from '../../platform/config/institutes.js';

const NAMES = { fr: 'Cellule Europe', en: 'Europe Office' };

/** Every second one reads English, so that both languages are read over all fields. */
function officerOf({ id }: Profile, place: number): Profile['contacts'] {
  const language = place % 2 ? 'en' : 'fr';
  return [{ name: NAMES[language], email: `officer@${id}.example`, language }];
}

/** The institutes, each with one contact of the replay's own instead of those that its file names. An address in .example belongs to nobody (RFC 2606). */
export const withOfficers = (institutes: InstituteFile[]): InstituteFile[] =>
  institutes.map(({ profile, file }, place) => {
    const own = { ...profile, contacts: officerOf(profile, place) };
    return { profile: own, file, hash: hashOfProfile(own) };
  });
