import type { CallContent } from './call-content.js';
import type { Section } from './parsed-call.js';

type StatedTrl = NonNullable<CallContent['trl']>;

const NAME = String.raw`(?:TRLs?|Techn(?:ology|ological|ical)\s+Readiness\s+Levels?)(?:\s*\(TRLs?\))?`;
const AT_LEAST = String.raw`(?:(?:an?|the)\s+)?(?:(?:at\s+least|minimum(?:\s+of)?)\s+)?`;
/** "TRL 5", "TRLs 6-7", "TRL 7 to 8", "TRL 5/6". Two groups: the lower level and, for a range, the higher. */
const LEVEL = String.raw`${AT_LEAST}${NAME}[\s:-]*([1-9])(?!\d|\.\d)(?:\s*(?:-|–|/|to|and|or)\s*(?:TRL\s*)?([1-9])(?!\d|\.\d))?`;
const END_OF_PROJECT = String.raw`by\s+(?:the\s+)?(?:end\s+of\s+the\s+(?:project|action)|(?:project|action)\s+end)`;

const START = new RegExp(String.raw`\b(?:start|begin)(?:s|ing|ning)?\s+(?:at|from|with)\s+${LEVEL}`, 'i');
const ACHIEVE = [
  new RegExp(
    String.raw`\b(?:(?:achiev|reach|attain)(?:e|es|ing)?(?:\s+up\s+to)?|up\s+to|(?:end|finish)(?:s|ing)?(?:\s+up)?\s+at)\s+${LEVEL}`,
    'i',
  ),
  new RegExp(String.raw`${LEVEL}(?:\s+or\s+(?:higher|above))?\s+${END_OF_PROJECT}`, 'i'),
];
/** "from TRL 4 to TRL 6". The second needs its own "TRL": "from TRL 4 to 6" may be the starting range. */
const FROM_TO = new RegExp(
  String.raw`\bfrom\s+${AT_LEAST}${NAME}\s*([1-9])(?:\s*[-–/]\s*[1-9])?\s*(?:up\s+)?to\s+${AT_LEAST}${NAME}\s*([1-9])(?:\s*[-–/]\s*([1-9]))?(?!\d)`,
  'i',
);
/** Levels achieved by earlier work are not a requirement on the project. */
const EARLIER_WORK = /\b(?:previous(?:ly)?|earlier|already|past|prior|former)\b/i;

/** "are not expected to reach TRL 6" */
const NEGATED = /\b(?:not|never|without)\b[^,;:]{0,40}\b(?:start|begin|achiev|reach|attain|up to|from)/i;

/**
 * The end of a sentence: not after abbreviations common in calls, but also where the source ran two together.
 */
const BETWEEN_SENTENCES =
  /\n|(?<=[.!?])(?<!\b(?:[Ee]\.g|[Ii]\.e|[Cc]f|vs|approx|incl|v|[Nn]o)\.)(?:\s+(?=\P{Ll})|(?=\[\d)|(?=\p{Lu}\p{Ll}))/u;

const sentencesOf = (text: string): string[] =>
  text
    .split(BETWEEN_SENTENCES)
    .map((s) => s.trim())
    .filter(Boolean);

function stated(sentence: string): StatedTrl | null {
  if (NEGATED.test(sentence)) return null;
  const start = START.exec(sentence);
  const achieve = ACHIEVE.map((a) => a.exec(sentence)).find((m) => m !== null);
  const span = (start && achieve) || EARLIER_WORK.test(sentence) ? null : FROM_TO.exec(sentence);
  if (span) return ordered(Number(span[1]), Number(span[3] ?? span[2]), sentence);
  if (!start && !achieve) return null;
  const reached = achieve?.[2] ?? achieve?.[1];
  return ordered(start ? Number(start[1]) : null, reached ? Number(reached) : null, sentence);
}

/**
 * A project does not end below where it starts: such a sentence is about two things, and we do not guess
 * which.
 */
function ordered(from: number | null, to: number | null, quote: string): StatedTrl | null {
  return from !== null && to !== null && to < from ? null : { from, to, quote };
}

/**
 * Returns the technology readiness levels that the text states: where the activities start and what they
 * achieve, both from the one quoted sentence. A sentence with both wins over one with either. Null if none is
 * stated; a level that is only mentioned (for earlier work or a partnership) is ignored.
 */
export function statedTrl(sections: Section[]): CallContent['trl'] {
  const all = sections
    .filter((s) => s.kind !== 'conditions')
    .flatMap((s) => sentencesOf(s.text))
    .flatMap((sentence) => stated(sentence) ?? []);
  return all.find((t) => t.from !== null && t.to !== null) ?? all[0] ?? null;
}
