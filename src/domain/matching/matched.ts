import type { Profile } from '../profile/profile.js';
import type { PastProject } from './meaning/pieces.js';

/** Who is matched: a profile, and what projects were its institute's. */
export interface Matched {
  profile: Profile;
  projects?: readonly PastProject[];
  /** What the operator's own model made of the competences, by their label: vectors of length 1. */
  brought?: ReadonlyMap<string, Float32Array>;
}
