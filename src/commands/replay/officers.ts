import { hashOfProfile, type InstituteFile, type Profile } from '../../profiles/domain/profile.js';
import { refuse } from '../../platform/config/config-error.js';

const NAMES = { fr: 'Cellule Europe', en: 'Europe Office' };

/** Every second one reads English, so that both languages cover all fields. */
function officerOf({ id }: Profile, place: number): Profile['contacts'] {
  const language = place % 2 ? 'en' : 'fr';
  return [{ name: NAMES[language], email: `officer@${id}.example`, language }];
}

/**
 * Returns the institutes, or only the given ones, each with one contact made up for the replay instead of
 * those in its file. An address in .example belongs to nobody (RFC 2606). Throws a ConfigError if a given
 * institute does not exist.
 */
export function withOfficers(
  institutes: InstituteFile[],
  named = institutes.map(({ profile }) => profile.id),
): InstituteFile[] {
  const own = institutes.map(({ profile, file }, place) => {
    const told = { ...profile, contacts: officerOf(profile, place) };
    return { profile: told, file, hash: hashOfProfile(told) };
  });
  const known = own.map(({ profile }) => profile.id);
  refuse(
    named
      .filter((id) => !known.includes(id))
      .map((id) => `--institutes: there is no institute "${id}". Fix: Name some of ${known.join(', ')}.`),
  );
  return own.filter(({ profile }) => named.includes(profile.id));
}
