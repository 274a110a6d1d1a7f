import { ParsedCall, type Section } from '../../../calls/domain/parsed-call.js';
import { plain } from './dates.js';
import { layOut, type TextNode } from './html-text.js';
import type { ParsedPage } from '../../domain/source.js';

/** Headings in French and English, without accents. The first match counts. */
const KINDS: [RegExp, Section['kind']][] = [
  [/resultats? (attendu|vise)|expected (outcome|result)|retombees/, 'expected-outcome'],
  [/impacts? (attendu|vise)|expected impact/, 'expected-impact'],
  [/objectif|objective|\baims?\b|finalite/, 'objective'],
  [/perimetre|thematique|themes?\b|champ|axes|scope|topics?\b|areas|focus/, 'scope'],
  [/eligib|who can apply|conditions?|criter|modalites|beneficiaires|qui peut|participer/, 'conditions'],
  [
    /resume|presentation|en bref|contexte|about|overview|summary|background|description|introduction/,
    'summary',
  ],
];
/** Headings of text that is not the call's: contacts, files, content of other pages. */
const NOT_THE_CALL =
  /^(contacts?\b|documents?\b|telecharge|download|liens?\b|links?\b|partage|share|newsletter|a lire|voir aussi|related|more (calls|opportunities)|faq|(pour )?en savoir plus|actualites|news)/;

function sectionOf({ heading, text }: { heading: string; text: string }): Section[] {
  const title = heading.replace(/(?<![\s:])[\s:]+$/, '');
  const words = plain(title).toLowerCase().trim();
  if (!text || NOT_THE_CALL.test(words)) return [];
  return [{ kind: KINDS.find(([form]) => form.test(words))?.[1] ?? 'other', title, text }];
}

/** Splits a page's text by headings of these levels; the text before the first is the summary. */
export function sectionsUnder(
  nodes: TextNode[],
  headings: string[],
): { before: string; sections: Section[] } {
  const { before, parts } = layOut(nodes, (node) => headings.includes(node.name ?? ''));
  const summary = before ? [{ kind: 'summary' as const, title: '', text: before }] : [];
  return { before, sections: [...summary, ...parts.flatMap(sectionOf)] };
}

/**
 * Returns the page of a call that could not be read: one is an accident, of many the run says that they have
 * another form.
 */
export const unreadPage = (reference: string, why: string): ParsedPage => ({
  total: null,
  calls: [],
  unread: [{ reference, why }],
  links: [],
});

/** Returns what stands for a call's page that is gone, like one that does not exist. */
export const gonePage = (reference: string, why: string): ParsedPage => ({
  total: null,
  calls: [],
  unread: [{ reference, why, gone: true }],
  links: [],
});

/**
 * Returns the page of one call. Without a text and without a deadline there is nothing to show: it is unread.
 */
export const callPage = (call: ParsedCall): ParsedPage =>
  call.sections.length || call.deadlines.length
    ? { total: null, calls: [ParsedCall.parse(call)], unread: [], links: [] }
    : unreadPage(call.reference, 'its page has neither a text nor a deadline');
