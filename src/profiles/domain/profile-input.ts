import { z } from 'zod';
import { Profile } from './profile.js';

/** What a profile is shown with and what only we write. */
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

/** A profile as it is given back: the fields that only we write are taken and left aside. */
export const ProfileInput = z
  .preprocess(
    (x) => (isObject(x) ? Object.fromEntries(Object.entries(x).filter(([k]) => !OURS.includes(k))) : x),
    Profile,
  )
  .meta({ id: 'ProfileInput' });
