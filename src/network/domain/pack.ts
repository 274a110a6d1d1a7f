import { DateTime } from 'luxon';
import { dateForPeople } from '../../calls/domain/facts/deadline.js';
import { listTo } from '../../i18n/message.js';
import { translateTo } from '../../i18n/translate.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import type { Language } from '../../kernel/language.js';
import type { JointStage } from './joint.js';
import { type PaperSection, tableLine } from './paper.js';

export interface PackCall {
  title: string;
  /** Its identifiers: a topic may have one in each edition, or two in one. */
  identifiers: string[];
  /** What it is about, in the language of the pack; null where its text says nothing. */
  summary: string | null;
  /** The next one of each. */
  nextDeadlines: string[];
  /** Names of the institutes that it fits, best first, and of those that opened their interest. */
  fits: string[];
  wants: string[];
}
export interface PackJoint {
  title: string;
  /** Whether its call can no longer be answered. */
  over: boolean;
  nextDeadline: string | null;
  stage: JointStage;
  stageAt: string;
  lead: string | null;
  members: string[];
  wanted: string | null;
  wantedBy: string | null;
}

/** The data for the pack of a month and a group. */
export interface PackMaterial {
  /** Calls that fit two or more institutes; `more` counts those not listed. */
  fresh: { calls: PackCall[]; more: number };
  /** Calls with a moved deadline, and a sentence about the change. */
  moved: { title: string; says: string }[];
  joint: PackJoint[];
  due: { calls: PackCall[]; more: number };
  /** Calls wanted by two or more institutes, without a joint bid. */
  open: { calls: PackCall[]; more: number };
  /** Whom to call for joint bids, and for calls that may become one. */
  whom: { title: string; organisations: string[] }[];
  /** Joint bids that ended in the month. */
  results: PackJoint[];
}

const LONGEST_TITLE = 140;
/** Nobody reads more names in one line. */
const MOST_NAMES = 6;

/** "June 2026", « juin 2026 », for 2026-06. */
export const monthName = (month: string, language: Language): string =>
  DateTime.fromISO(`${month}-01`).setLocale(language).toFormat('LLLL yyyy');

const title = (text: string): string => shortened(oneLine(text), LONGEST_TITLE);

function names(all: string[], language: Language): string {
  const shown = all.slice(0, MOST_NAMES);
  const rest = all.length - shown.length;
  return listTo(language, [
    ...shown,
    ...(rest > 0 ? [translateTo(language)('pack.others', { n: rest })] : []),
  ]);
}

const dayOf = (at: string | null, language: Language): string =>
  at === null ? '' : dateForPeople(at, language);

function callRow(call: PackCall, language: Language): string[] {
  const { identifiers } = call;
  const said = [`${title(call.title)}${identifiers.length ? ` (${identifiers.join(', ')})` : ''}`];
  if (call.summary !== null) said.push(call.summary);
  return [
    said.join('. '),
    [...new Set(call.nextDeadlines.map((at) => dayOf(at, language)))].join(', '),
    names(call.fits, language),
    names(call.wants, language),
  ];
}

function jointRow(joint: PackJoint, language: Language): string[] {
  const t = translateTo(language);
  return [
    title(joint.title),
    dayOf(joint.nextDeadline, language),
    t(`pack.stage.${joint.stage}`),
    joint.lead ?? t('pack.no-lead'),
    names(joint.members, language),
  ];
}

function decisions({ joint, open }: PackMaterial, language: Language): string[] {
  const t = translateTo(language);
  return [
    ...joint.flatMap((j) => {
      if (j.wanted === null) return [];
      const by =
        j.wantedBy === null
          ? ''
          : ` (${t('pack.before', { day: dateForPeople(`${j.wantedBy}T12:00:00Z`, language) })})`;
      return [t('paper.labelled', { label: title(j.title), text: `${oneLine(j.wanted)}${by}` })];
    }),
    ...joint.flatMap((j) =>
      j.lead === null && !j.over ? [t('pack.who-leads', { title: title(j.title) })] : [],
    ),
    ...open.calls.map((c) => t('pack.begin', { title: title(c.title), names: names(c.wants, language) })),
  ];
}

const listed = (lines: string[], more: string | null, none: string): string => {
  const points = lines.map((line) => `- ${line}${/[.!?]$/.test(line) ? '' : '.'}`);
  if (points.length === 0) return none;
  return more === null ? points.join('\n') : `${points.join('\n')}\n\n${more}`;
};

const CALL_COLUMNS = ['call', 'deadline', 'fits', 'wants'] as const;
const JOINT_COLUMNS = ['call', 'deadline', 'stage', 'lead', 'members'] as const;
const WHOM_COLUMNS = ['call', 'whom'] as const;
const MOVED_COLUMNS = ['call', 'change'] as const;

/** The sections of a meeting pack, to be edited before it is sent: a list of questions, then tables. */
export function packSections(material: PackMaterial, language: Language): PaperSection[] {
  const t = translateTo(language);
  const { fresh, moved, joint, due, open, whom, results } = material;
  const more = (n: number): string | null => (n > 0 ? t('pack.more', { n }) : null);
  const table = (
    columns: readonly (
      typeof CALL_COLUMNS | typeof JOINT_COLUMNS | typeof MOVED_COLUMNS | typeof WHOM_COLUMNS
    )[number][],
    rows: string[][],
    rest: string | null = null,
  ): string => {
    if (rows.length === 0) return t('pack.none');
    const lines = [columns.map((name) => t(`pack.column.${name}`)), ...rows].map(tableLine).join('\n');
    return rest === null ? lines : `${lines}\n\n${rest}`;
  };
  const calls = ({ calls: all, more: n }: PackMaterial['due']): string =>
    table(
      CALL_COLUMNS,
      all.map((c) => callRow(c, language)),
      more(n),
    );
  const joints = (all: PackJoint[]): string =>
    table(
      JOINT_COLUMNS,
      all.map((j) => jointRow(j, language)),
    );
  return [
    {
      heading: t('pack.decisions'),
      text: listed(decisions(material, language), more(open.more), t('pack.none')),
    },
    { heading: t('pack.joint'), text: joints(joint) },
    {
      heading: t('won.whom'),
      text: table(
        WHOM_COLUMNS,
        whom.map((w) => [title(w.title), w.organisations.join(t('text.semicolon'))]),
      ),
    },
    { heading: t('pack.fresh'), text: calls(fresh) },
    {
      heading: t('pack.moved'),
      text: table(
        MOVED_COLUMNS,
        moved.map((m) => [title(m.title), m.says]),
      ),
    },
    { heading: t('pack.due'), text: calls(due) },
    { heading: t('pack.results'), text: joints(results) },
  ];
}
