import { dateForPeople } from '../../calls/domain/index.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import type { Language } from '../../kernel/language.js';
import type { JointStage } from './joint.js';
import { PACK_WORDS, type PackWords } from './pack-words.js';
import type { PaperSection } from './paper.js';

/** A call as a pack tells it. */
export interface PackCall {
  title: string;
  identifier: string | null;
  nextDeadline: string | null;
  /** The institutes that it fits, best first, and those that opened their interest, by name. */
  fits: string[];
  wants: string[];
}
export interface PackJoint {
  title: string;
  nextDeadline: string | null;
  stage: JointStage;
  stageAt: string;
  lead: string | null;
  members: string[];
  wanted: string | null;
  wantedBy: string | null;
}

/** All that a pack for a month and a group is made of. */
export interface PackMaterial {
  /** Those that fit two and more; there are so many more than are named. */
  fresh: { calls: PackCall[]; more: number };
  /** Each with what is said of the move. */
  moved: { title: string; says: string }[];
  joint: PackJoint[];
  due: { calls: PackCall[]; more: number };
  /** Wanted by two or more, and nothing begun. */
  open: { calls: PackCall[]; more: number };
  /** Joint bids that came to a result in the month. */
  results: PackJoint[];
}

const LONGEST_TITLE = 140;
/** More names in a line are not read. */
const MOST_NAMES = 6;

const title = (text: string): string => shortened(oneLine(text), LONGEST_TITLE);

function names(all: string[], language: Language, words: PackWords): string {
  const shown = all.slice(0, MOST_NAMES);
  const rest = all.length - shown.length;
  return new Intl.ListFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { type: 'conjunction' }).format([
    ...shown,
    ...(rest > 0 ? [words.others(rest)] : []),
  ]);
}

function callLine(call: PackCall, language: Language, words: PackWords): string {
  const facts = [
    call.identifier,
    call.nextDeadline && words.deadline(dateForPeople(call.nextDeadline, language)),
  ].filter((x) => x !== null && x !== '');
  const said = [
    `${title(call.title)}${facts.length ? ` (${facts.join(', ')})` : ''}`,
    ...(call.fits.length ? [words.fits(names(call.fits, language, words))] : []),
    ...(call.wants.length ? [words.wants(names(call.wants, language, words))] : []),
  ];
  return said.join('. ');
}

function jointLine(joint: PackJoint, language: Language, words: PackWords): string {
  const facts = [
    words.stage[joint.stage],
    ...(joint.nextDeadline ? [words.deadline(dateForPeople(joint.nextDeadline, language))] : []),
  ];
  return [
    `${title(joint.title)} (${facts.join(', ')})`,
    joint.lead === null ? words.noLead : words.lead(joint.lead),
    words.members(names(joint.members, language, words)),
  ].join('. ');
}

function decisions({ joint, open }: PackMaterial, language: Language, words: PackWords): string[] {
  return [
    ...joint.flatMap((j) => {
      if (j.wanted === null) return [];
      const by =
        j.wantedBy === null ? '' : ` (${words.before(dateForPeople(`${j.wantedBy}T12:00:00Z`, language))})`;
      return [`${title(j.title)}${words.colon}${oneLine(j.wanted)}${by}`];
    }),
    ...joint.flatMap((j) => (j.lead === null ? [words.whoLeads(title(j.title))] : [])),
    ...open.calls.map((c) => words.begin(title(c.title), names(c.wants, language, words))),
  ];
}

const listed = (lines: string[], more: string | null, none: string): string => {
  const points = lines.map((line) => `- ${line}${/[.!?]$/.test(line) ? '' : '.'}`);
  if (points.length === 0) return none;
  return more === null ? points.join('\n') : `${points.join('\n')}\n\n${more}`;
};

/** The sections of a meeting pack, to be edited before it is sent. */
export function packSections(material: PackMaterial, language: Language): PaperSection[] {
  const words = PACK_WORDS[language];
  const { fresh, moved, joint, due, open, results } = material;
  const more = (n: number): string | null => (n > 0 ? words.more(n) : null);
  const calls = (all: PackCall[]): string[] => all.map((c) => callLine(c, language, words));
  return [
    {
      heading: words.headings.decisions,
      text: listed(decisions(material, language, words), more(open.more), words.none),
    },
    {
      heading: words.headings.joint,
      text: listed(
        joint.map((j) => jointLine(j, language, words)),
        null,
        words.none,
      ),
    },
    { heading: words.headings.fresh, text: listed(calls(fresh.calls), more(fresh.more), words.none) },
    {
      heading: words.headings.moved,
      text: listed(
        moved.map((m) => `${title(m.title)}${words.colon}${m.says}`),
        null,
        words.none,
      ),
    },
    { heading: words.headings.due, text: listed(calls(due.calls), more(due.more), words.none) },
    {
      heading: words.headings.results,
      text: listed(
        results.map((j) => jointLine(j, language, words)),
        null,
        words.none,
      ),
    },
  ];
}
