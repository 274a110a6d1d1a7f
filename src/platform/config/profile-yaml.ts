import { Document, isScalar, isSeq, Scalar, visit } from 'yaml';
import { Profile } from '../../profiles/domain/profile.js';
import { hasMoreParts, isDeeper } from './yaml-document.js';
import { readYamlText, type YamlProblem } from './yaml-file.js';

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
const WHOLE = { file: 'profile.yaml', line: null, column: null, path: '' } as const;
const TOO_DEEP: YamlProblem = {
  ...WHOLE,
  problem: 'is nested too deeply',
  fix: 'Check that it is a profile, with each level indented by two spaces.',
};
const TOO_MANY_PARTS: YamlProblem = {
  ...WHOLE,
  problem: `has more than ${MOST_PARTS} words and signs of YAML`,
  fix: 'Check that it is a profile, with its lists of words in one line.',
};

/** Reads the profile with that id; problems come with their line and a fix, as at the start. */
export function profileFromYaml(
  text: string,
  id: string,
): { profile: Profile } | { problems: YamlProblem[] } {
  if (hasMoreParts(text, MOST_PARTS)) return { problems: [TOO_MANY_PARTS] };
  if (isDeeper(text, DEEPEST)) return { problems: [TOO_DEEP] };
  const own = Profile.shape.id.refine((written) => written === id, {
    error: `is not the id of this profile, which is ${id}`,
    params: { fix: `Write "id: ${id}".` },
  });
  const { value, problems } = readYamlText<Profile>('profile.yaml', text, Profile.safeExtend({ id: own }));
  return value ? { profile: value } : { problems };
}
