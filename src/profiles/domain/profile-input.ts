import { z } from 'zod';
import { Profile } from './profile.js';

/** Read-only fields that a profile is shown with. */
const OURS = [
  'version',
  'revision',
  'editedAt',
  'updatedAt',
  'matched',
  'file',
  'toConfirm',
  'contactStates',
  'contactChange',
  'warnings',
];

const isObject = (x: unknown): x is Record<string, unknown> =>
  typeof x === 'object' && x !== null && !Array.isArray(x);

/** A profile as sent back: read-only fields are accepted and ignored. */
export const ProfileInput = z
  .preprocess(
    (x) => (isObject(x) ? Object.fromEntries(Object.entries(x).filter(([k]) => !OURS.includes(k))) : x),
    Profile,
  )
  .meta({ id: 'ProfileInput' });
