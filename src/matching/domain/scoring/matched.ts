import type { Profile } from '../../../profiles/domain/index.js';
import type { Affinity } from './affinity.js';
import type { PastProject } from '../semantic/pieces.js';

/** Who is matched: a profile, and what projects were its institute's. */
export interface Matched {
  profile: Profile;
  projects?: readonly PastProject[];
  /** What the types of those projects say, as far as the import tells them. */
  affinity?: Affinity;
  /** What the operator's own model made of the competences, by their label: vectors of length 1. */
  external?: ReadonlyMap<string, Float32Array>;
}
