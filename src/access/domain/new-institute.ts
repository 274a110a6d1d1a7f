import { Profile } from '../../profiles/domain/profile.js';
import { translateTo } from '../../i18n/translate.js';
import type { Language } from '../../kernel/language.js';

/**
 * The initial profile of an institute that nobody has described yet. Its one competence has no weight, and
 * the first real one replaces it.
 */
export const draftProfile = ({
  id,
  name,
  language,
}: {
  id: string;
  name: string;
  language: Language;
}): Profile =>
  Profile.parse({
    id,
    name,
    language,
    confirmed: false,
    competences: [{ label: translateTo(language)('new-institute.to-describe'), weight: 0 }],
  });
