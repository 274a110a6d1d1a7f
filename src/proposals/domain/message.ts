import type { Requirements } from '../../calls/domain/requirements.js';
import type { CallContent } from '../../calls/domain/call-content.js';
import { ownIdentifier } from '../../calls/domain/related-calls.js';
import type { StatedTotal } from '../../calls/domain/page/budget-comparison.js';
import { lumpSumOf } from '../../calls/domain/page/funding-rate.js';
import { budgetForPeople } from '../../calls/domain/facts/budget.js';
import { comingAndPassed, dateForPeople } from '../../calls/domain/facts/deadline.js';
import { deadlineFacts, draftFact, typeOfAction, kindFacts } from '../../calls/domain/facts/call-facts.js';
import { requirementCard, requirementInShort } from '../../calls/domain/facts/requirement-facts.js';
import type { MatchScore } from '../../matching/domain/scoring/match.js';
import { quotedPassage } from '../../matching/domain/explanation/passage.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import { webAddress } from '../../kernel/web-address.js';
import type { Language } from '../../kernel/language.js';
import type { Why } from './candidates.js';
import { languageNameTo, listTo } from '../../i18n/message.js';
import { translateTo } from '../../i18n/translate.js';

/** The data for a message. */
export interface Proposed {
  researcher: { name: string; language: Language };
  why: Why[];
  /** The officer's personal note, if any. */
  word: string | null;
  call: CallContent;
  /** What the call says of who may answer. */
  stated: Requirements;
  /** What the stated total covers: the topic or several. */
  total: StatedTotal;
  /** The match and the text it was made on; null if the call was not matched. */
  matched: { match: MatchScore; content: CallContent } | null;
  officer: string;
  institute: string;
  now: Date;
}

/** Mail programs cut longer subjects, and the deadline comes last. */
const LONGEST_TITLE = 90;
/** More terms or competences would read like a list instead of a reason. */
const [MOST_TERMS, MOST_REASONS] = [2, 2];
/** A message must be read at a glance: it fits on a laptop screen next to the list of e-mails. */
const [LONGEST_HEADING, MOST_DEADLINES, LONGEST_QUOTE, MOST_REQUIREMENTS] = [160, 2, 200, 2];

/**
 * The passage to quote: preferably one about the person's competences, never the title, which the message
 * contains anyway.
 */
function passageFor({ why, matched }: Proposed): string | null {
  if (!matched) return null;
  const { match, content } = matched;
  const inText = match.evidence.filter((e) => e.field !== 'title');
  const theirs = inText.filter((e) => why.some((w) => w.competence === e.competence));
  const quoted = quotedPassage(content, { ...match, evidence: theirs.length ? theirs : inText });
  return quoted && quoted.before + quoted.found + quoted.after;
}

/** The name of the call's language in the reader's; null if they are the same. */
function foreign(call: CallContent, language: Language): string | null {
  if (call.language === language) return null;
  return languageNameTo(language, call.language);
}

function factLines({ call, stated, total, researcher: { language }, now }: Proposed): string[] {
  const t = translateTo(language);
  const [page, lump] = [webAddress(call.url), lumpSumOf(call)];
  return [
    ...draftFact(call, language),
    ...deadlineFacts(call, now, language).slice(0, MOST_DEADLINES),
    ...kindFacts(call, language),
    { label: t('fact.budget'), value: budgetForPeople(call, language, total) },
    { label: t('fact.type-of-action'), value: typeOfAction(call, language) },
    ...(lump === null
      ? []
      : [
          {
            label: t('mail.proposal.lump-sum'),
            value: t(lump.yes ? 'mail.proposal.lump-sum.yes' : 'mail.proposal.lump-sum.no'),
          },
        ]),
    ...requirementCard(call, language, stated)
      .requirements.slice(0, MOST_REQUIREMENTS)
      .map(({ label, quote }) => ({
        label,
        value: t('text.quote', { text: requirementInShort(quote, LONGEST_QUOTE) }),
      })),
    { label: t('mail.proposal.page'), value: page ?? t('not-stated') },
  ].map((f) => t('text.labelled', { label: f.label, value: f.value }));
}

function quotation(proposed: Proposed): string[] {
  const { language } = proposed.researcher;
  const t = translateTo(language);
  const passage = passageFor(proposed);
  if (passage === null) return [];
  const quote = t('text.quote', { text: shortened(passage, LONGEST_QUOTE) });
  const other = foreign(proposed.call, language);
  const says = other === null ? t('mail.proposal.says') : t('mail.proposal.says-in', { language: other });
  return [`${says}\n${quote}`];
}

function subjectOf({ call, researcher: { language }, now }: Proposed): string {
  const next = comingAndPassed(call.deadlines, now).coming[0];
  const t = translateTo(language);
  const title = shortened(oneLine(call.title), LONGEST_TITLE);
  return next
    ? t('mail.proposal.subject-deadline', { title, deadline: dateForPeople(next.at, language) })
    : t('mail.proposal.subject', { title });
}

/** The reader's competences that the call asks for, with its terms. */
function whyThem(reasons: Why[], language: Language): string {
  const t = translateTo(language);
  const each = reasons.map(({ competence: name, terms }) => {
    const competence = t('reason.fits.other', { competence: name });
    const named = listTo(
      language,
      terms.map((term) => t('reason.fits.term', { term })),
    );
    return terms.length ? t('mail.proposal.competence-terms', { competence, terms: named }) : competence;
  });
  return t('mail.proposal.why', { n: reasons.length, competences: listTo(language, each) });
}

/** The text to send, without the placeholder paragraph for a reason that the officer did not fill in. */
export const withoutEmptyReason = (text: string, language: Language): string => {
  const asked = translateTo(language)('mail.proposal.no-why').trim();
  return text
    .split('\n\n')
    .filter((paragraph) => paragraph.trim() !== asked)
    .join('\n\n');
};

/**
 * The ready-made message to a researcher, which the officer can edit: the reason, the passage, the funding
 * and the deadline in their language; quotations in the language of the call. The link to answer is added
 * when it is sent.
 */
export function proposalMessage(proposed: Proposed): { subject: string; text: string } {
  const {
    researcher: { language },
    call,
    why,
    word,
    officer,
    institute,
  } = proposed;
  const t = translateTo(language);
  const reasons = why.slice(0, MOST_REASONS).map((w) => ({ ...w, terms: w.terms.slice(0, MOST_TERMS) }));
  const identifier = ownIdentifier(call);
  const heading = [
    shortened(oneLine(call.title), LONGEST_HEADING),
    ...(identifier === null ? [] : [oneLine(identifier)]),
  ].join('\n');
  const paragraphs = [
    t('mail.greeting'),
    ...(word === null ? [] : [word]),
    `${t('mail.proposal.opening')}\n${heading}`,
    reasons.length ? whyThem(reasons, language) : t('mail.proposal.no-why'),
    ...quotation(proposed),
    factLines(proposed).join('\n'),
    t('mail.proposal.question'),
    `${t('mail.proposal.closing')}\n${officer}, ${institute}`,
  ];
  return { subject: subjectOf(proposed), text: paragraphs.join('\n\n') };
}
