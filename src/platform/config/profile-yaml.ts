import { Document, isScalar, isSeq, Scalar, visit } from 'yaml';
import { Profile } from '../../profiles/domain/profile.js';
import { issue, wrong } from '../../kernel/issues.js';
import { hasMoreParts, isDeeper, problemOfFile, readYamlText, type YamlProblem } from './yaml.js';

/** Lists of words, written on one line as long as they fit. */
const IN_LINE = [
  'keywords',
  'exclusions',
  'typesOfAction',
  'programmes',
  'answersAs',
  'countries',
  'roles',
  'projects',
  'words',
  'topics',
  'subjects',
  'except',
];
const WIDTH = 120;

/** Returns a profile in the form of `config/institutes`. */
export function profileToYaml(profile: Profile): string {
  // Read by the schema for the order of its keys, in which people look for them. A profile with what only a
  // newer version knows keeps its own.
  const document = new Document(Profile.safeParse(profile).data ?? profile);
  visit(document, {
    Pair(_, { key, value }) {
      const name = isScalar(key) ? String(key.value) : '';
      if (isSeq(value) && IN_LINE.includes(name)) value.flow = true;
      if (isScalar(value) && name === 'description' && String(value.value).length > WIDTH / 2)
        value.type = Scalar.BLOCK_FOLDED;
    },
  });
  return document.toString({ lineWidth: WIDTH, flowCollectionPadding: false });
}

/**
 * Ten times the parts of the network's longest profile; brackets and tabs in a text of the maximum length
 * make ten times as many.
 */
const MOST_PARTS = 12_000;
/** A profile has four levels; each is usually indented by two. */
const DEEPEST = 80;
const FILE = 'profile.yaml';

/** Reads the profile with that id; problems come with their line and a fix, as at the start. */
export function profileFromYaml(
  text: string,
  id: string,
): { profile: Profile } | { problems: YamlProblem[] } {
  if (hasMoreParts(text, MOST_PARTS))
    return { problems: [problemOfFile(FILE, wrong([], 'too-many-parts', { most: MOST_PARTS }))] };
  if (isDeeper(text, DEEPEST)) return { problems: [problemOfFile(FILE, wrong([], 'too-deep'))] };
  const own = Profile.shape.id.refine((written) => written === id, issue('not-this-id', { id }));
  const { value, problems } = readYamlText<Profile>(FILE, text, Profile.safeExtend({ id: own }));
  return value ? { profile: value } : { problems };
}
