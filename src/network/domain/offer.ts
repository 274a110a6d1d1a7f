import { dateForPeople } from '../../calls/domain/facts/deadline.js';
import { translateTo } from '../../i18n/translate.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import type { Language } from '../../kernel/language.js';
import { labelIn } from '../../profiles/domain/names-in.js';
import type { Competence } from '../../profiles/domain/profile.js';
import type { PaperSection } from './paper.js';

/** An institute in an offer, in the words of its profile. */
export interface OfferInstitute {
  name: string;
  /** What it offered for the call, if it opened an interest. */
  brings: string | null;
  competences: { label: string; description: string }[];
}
export interface OfferProject {
  acronym: string;
  title: string;
  programme: string;
  start: string | null;
  /** Names of the institutes that took part. */
  of: string[];
}

export interface OfferMaterial {
  /** The call to answer; null for an offer to a sector. */
  call: { title: string; identifier: string | null; nextDeadline: string | null } | null;
  institutes: OfferInstitute[];
  /** The points of the call, and the institutes that cover them well. */
  points: { text: string; by: string[] }[];
  projects: OfferProject[];
}

/** An offer is one page: longer texts are cut here and can be extended by hand. */
const LONGEST = { description: 170, point: 130, title: 110 };
const MOST = { institutes: 6, points: 5, projects: 5 };

/** Most competences per institute: an offer is one page. */
const MOST_COMPETENCES = 2;

/**
 * The first competences, with labels in the reader's language. A description is in the language of its label:
 * where that is translated, it is left out, since an offer is in one language.
 */
export const offered = (
  competences: readonly Pick<Competence, 'label' | 'labels' | 'description'>[],
  language: Language,
): OfferInstitute['competences'] =>
  competences.slice(0, MOST_COMPETENCES).map((competence) => {
    const label = labelIn(competence, language);
    return { label, description: label === competence.label ? competence.description : '' };
  });

const labelled = (label: string, text: string, language: Language): string =>
  translateTo(language)('paper.labelled', { label, text });

/** The first sentence of a text. */
const firstSentence = (text: string): string => oneLine(text).split(/(?<=[.!?])\s/)[0] ?? '';

function instituteLine({ name, brings, competences }: OfferInstitute, language: Language): string {
  const said = competences.map(({ label, description }) => {
    const first = shortened(firstSentence(description), LONGEST.description).replace(/\.$/, '');
    return first === '' ? oneLine(label) : `${oneLine(label)} (${first})`;
  });
  const all = [...(brings === null ? [] : [oneLine(brings).replace(/\.$/, '')]), ...said];
  return labelled(name, all.join(translateTo(language)('text.semicolon')), language);
}

const projectLine = ({ acronym, title, programme, start, of }: OfferProject, language: Language): string =>
  labelled(
    acronym,
    `${shortened(oneLine(title), LONGEST.title)} (${[programme, start?.slice(0, 4), ...of].filter(Boolean).join(', ')})`,
    language,
  );

const points = (lines: string[]): string => lines.map((line) => `- ${line}`).join('\n');

/** The sections of an offer, to be edited before it is sent. */
export function offerSections(material: OfferMaterial, language: Language): PaperSection[] {
  const t = translateTo(language);
  const { call, projects } = material;
  const institutes = material.institutes.slice(0, MOST.institutes);
  const others = material.institutes.slice(MOST.institutes).map((i) => i.name);
  const answered = material.points.filter((p) => p.by.length > 0).slice(0, MOST.points);
  const about =
    call &&
    [
      oneLine(call.title),
      call.identifier,
      call.nextDeadline && t('offer.closes', { day: dateForPeople(call.nextDeadline, language) }),
    ]
      .filter(Boolean)
      .join('. ');
  const sections = [
    about === null ? null : { heading: t('why.call'), text: `${about}.` },
    {
      heading: t('offer.brings'),
      text: `${t('offer.intro', { n: material.institutes.length })}\n\n${points(institutes.map((i) => instituteLine(i, language)))}${others.length ? `\n\n${t('offer.also', { names: others.join(', ') })}` : ''}`,
    },
    answered.length === 0
      ? null
      : {
          heading: t('offer.answers'),
          text: points(
            answered.map(({ text, by }) =>
              labelled(shortened(oneLine(text), LONGEST.point), by.join(', '), language),
            ),
          ),
        },
    projects.length === 0
      ? null
      : {
          heading: t('offer.references'),
          text: points(projects.slice(0, MOST.projects).map((p) => projectLine(p, language))),
        },
    { heading: t('offer.contact'), text: t('offer.contact-text') },
  ];
  return sections.filter((s) => s !== null);
}
