import { DateTime } from 'luxon';
import { dateForPeople } from '../../calls/domain/facts/deadline.js';
import { nameIn } from '../../profiles/domain/name-in.js';
import { listTo } from '../../i18n/formats.js';
import { translateTo } from '../../i18n/translate.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import type { Language } from '../../kernel/language.js';
import type { JointStage } from './joint.js';
import type { PaperSection } from './paper.js';

/** A call as listed in a pack. */
export interface PackCall {
  title: string;
  identifier: string | null;
  /** What it is about, in the language of the pack; null where its text says nothing. */
  summary: string | null;
  nextDeadline: string | null;
  /** Names of the institutes that it fits, best first, and of those that opened their interest. */
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

function callLine(call: PackCall, language: Language): string {
  const t = translateTo(language);
  const facts = [
    call.identifier,
    call.nextDeadline && t('pack.deadline', { day: dateForPeople(call.nextDeadline, language) }),
  ].filter((x) => x !== null && x !== '');
  const said = [
    `${title(call.title)}${facts.length ? ` (${facts.join(', ')})` : ''}`,
    ...(call.summary === null ? [] : [call.summary.replace(/\.$/, '')]),
    ...(call.fits.length ? [t('pack.fits', { names: names(call.fits, language) })] : []),
    ...(call.wants.length ? [t('pack.wants', { names: names(call.wants, language) })] : []),
  ];
  return said.join('. ');
}

function jointLine(joint: PackJoint, language: Language): string {
  const t = translateTo(language);
  const facts = [
    t(`pack.stage.${joint.stage}`),
    ...(joint.nextDeadline ? [t('pack.deadline', { day: dateForPeople(joint.nextDeadline, language) })] : []),
  ];
  return [
    `${title(joint.title)} (${facts.join(', ')})`,
    joint.lead === null ? t('pack.no-lead') : t('pack.lead', { name: nameIn(joint.lead, 'name', language) }),
    t('pack.members', { names: names(joint.members, language) }),
  ].join('. ');
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
    ...joint.flatMap((j) => (j.lead === null ? [t('pack.who-leads', { title: title(j.title) })] : [])),
    ...open.calls.map((c) => t('pack.begin', { title: title(c.title), names: names(c.wants, language) })),
  ];
}

const listed = (lines: string[], more: string | null, none: string): string => {
  const points = lines.map((line) => `- ${line}${/[.!?]$/.test(line) ? '' : '.'}`);
  if (points.length === 0) return none;
  return more === null ? points.join('\n') : `${points.join('\n')}\n\n${more}`;
};

/** The sections of a meeting pack, to be edited before it is sent. */
export function packSections(material: PackMaterial, language: Language): PaperSection[] {
  const t = translateTo(language);
  const { fresh, moved, joint, due, open, results } = material;
  const more = (n: number): string | null => (n > 0 ? t('pack.more', { n }) : null);
  const calls = (all: PackCall[]): string[] => all.map((c) => callLine(c, language));
  return [
    {
      heading: t('pack.decisions'),
      text: listed(decisions(material, language), more(open.more), t('pack.none')),
    },
    {
      heading: t('pack.joint'),
      text: listed(
        joint.map((j) => jointLine(j, language)),
        null,
        t('pack.none'),
      ),
    },
    { heading: t('pack.fresh'), text: listed(calls(fresh.calls), more(fresh.more), t('pack.none')) },
    {
      heading: t('pack.moved'),
      text: listed(
        moved.map((m) => t('paper.labelled', { label: title(m.title), text: m.says })),
        null,
        t('pack.none'),
      ),
    },
    { heading: t('pack.due'), text: listed(calls(due.calls), more(due.more), t('pack.none')) },
    {
      heading: t('pack.results'),
      text: listed(
        results.map((j) => jointLine(j, language)),
        null,
        t('pack.none'),
      ),
    },
  ];
}
