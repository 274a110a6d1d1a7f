import { dateForPeople } from '../../calls/domain/index.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import type { Language } from '../../kernel/language.js';
import type { PaperSection } from './paper.js';

/** An institute of an offer, in the words of its profile. */
export interface OfferInstitute {
  name: string;
  /** What it opened for the call, where it did. */
  brings: string | null;
  competences: { label: string; description: string }[];
}
export interface OfferProject {
  acronym: string;
  title: string;
  programme: string;
  start: string | null;
  /** Which of the institutes it was, by name. */
  of: string[];
}

/** All that an offer is made of. */
export interface OfferMaterial {
  /** The call that it answers; null for an offer to a sector. */
  call: { title: string; identifier: string | null; nextDeadline: string | null } | null;
  institutes: OfferInstitute[];
  /** What the call expects, and who answers it well. */
  points: { text: string; by: string[] }[];
  projects: OfferProject[];
}

const NB = '\u00a0';
interface Words {
  title: (of: string) => string;
  call: string;
  brings: string;
  answers: string;
  references: string;
  contact: string;
  contactText: string;
  intro: (n: number) => string;
  also: (names: string) => string;
  closes: (day: string) => string;
  colon: string;
  semicolon: string;
}
export const OFFER_WORDS: Record<Language, Words> = {
  en: {
    title: (of) => `What the Carnot network offers: ${of}`,
    call: 'The call',
    brings: 'What the institutes bring',
    answers: 'What the call expects, and who answers',
    references: 'Projects won',
    contact: 'Contact',
    contactText: 'Carnot network, European affairs: [name, e-mail address, telephone]',
    intro: (n) =>
      `${n} ${n === 1 ? 'Carnot institute combines its' : 'Carnot institutes combine their'} competences in one offer.`,
    also: (names) => `Also in the network: ${names}.`,
    closes: (day) => `Closes on ${day}`,
    colon: ': ',
    semicolon: '; ',
  },
  fr: {
    title: (of) => `L’offre du réseau Carnot${NB}: ${of}`,
    call: 'L’appel',
    brings: 'Ce que les instituts apportent',
    answers: 'Ce que l’appel attend, et qui y répond',
    references: 'Projets remportés',
    contact: 'Contact',
    contactText: `Réseau Carnot, affaires européennes${NB}: [nom, adresse e-mail, téléphone]`,
    intro: (n) =>
      n === 1
        ? 'Un institut Carnot met ses compétences dans une offre unique.'
        : `${n} instituts Carnot réunissent leurs compétences dans une offre unique.`,
    also: (names) => `Également dans le réseau${NB}: ${names}.`,
    closes: (day) => `Clôture le ${day}`,
    colon: `${NB}: `,
    semicolon: `${NB}; `,
  },
};

/** An offer is one page: what is longer is cut here, and can be written longer by hand. */
const LONGEST = { description: 170, point: 130, title: 110 };
const MOST = { institutes: 6, points: 5, projects: 5 };

/** The first sentence of a text. */
const firstSentence = (text: string): string => oneLine(text).split(/(?<=[.!?])\s/)[0] ?? '';

function instituteLine({ name, brings, competences }: OfferInstitute, { colon, semicolon }: Words): string {
  const said = competences.map(({ label, description }) => {
    const first = shortened(firstSentence(description), LONGEST.description).replace(/\.$/, '');
    return first === '' ? oneLine(label) : `${oneLine(label)} (${first})`;
  });
  return `${name}${colon}${[...(brings === null ? [] : [oneLine(brings).replace(/\.$/, '')]), ...said].join(semicolon)}`;
}

const projectLine = ({ acronym, title, programme, start, of }: OfferProject, { colon }: Words): string =>
  `${acronym}${colon}${shortened(oneLine(title), LONGEST.title)} (${[programme, start?.slice(0, 4), ...of].filter(Boolean).join(', ')})`;

const points = (lines: string[]): string => lines.map((line) => `- ${line}`).join('\n');

/** The sections of an offer, to be edited before it leaves. */
export function offerSections(material: OfferMaterial, language: Language): PaperSection[] {
  const words = OFFER_WORDS[language];
  const { call, projects } = material;
  const institutes = material.institutes.slice(0, MOST.institutes);
  const others = material.institutes.slice(MOST.institutes).map((i) => i.name);
  const answered = material.points.filter((p) => p.by.length > 0).slice(0, MOST.points);
  const about =
    call &&
    [
      oneLine(call.title),
      call.identifier,
      call.nextDeadline && words.closes(dateForPeople(call.nextDeadline, language)),
    ]
      .filter(Boolean)
      .join('. ');
  const sections = [
    about === null ? null : { heading: words.call, text: `${about}.` },
    {
      heading: words.brings,
      text: `${words.intro(material.institutes.length)}\n\n${points(institutes.map((i) => instituteLine(i, words)))}${others.length ? `\n\n${words.also(others.join(', '))}` : ''}`,
    },
    answered.length === 0
      ? null
      : {
          heading: words.answers,
          text: points(
            answered.map(
              ({ text, by }) => `${shortened(oneLine(text), LONGEST.point)}${words.colon}${by.join(', ')}`,
            ),
          ),
        },
    projects.length === 0
      ? null
      : {
          heading: words.references,
          text: points(projects.slice(0, MOST.projects).map((p) => projectLine(p, words))),
        },
    { heading: words.contact, text: words.contactText },
  ];
  return sections.filter((s) => s !== null);
}
