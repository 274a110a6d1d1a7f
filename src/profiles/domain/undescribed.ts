import type { Profile } from './profile.js';

/** Whether nobody has described yet what the institute does. */
export const isUndescribed = ({ competences }: Pick<Profile, 'competences'>): boolean =>
  competences.every((c) => c.weight === 0 && c.keywords.length === 0);
