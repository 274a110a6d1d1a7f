import type { Profile } from '../../../profiles/domain/profile.js';
import type { Affinity } from './affinity.js';
import type { PastProject } from '../semantic/pieces.js';

/** The matching input: a profile and its institute's past projects. */
export interface Matched {
  profile: Profile;
  projects?: readonly PastProject[];
  /** Habits by type of action, as far as the import gives the types. */
  affinity?: Affinity;
  /** Vectors of length 1 from the operator's own model, by competence label. */
  external?: ReadonlyMap<string, Float32Array>;
}
