import type { Section } from '../../../calls/domain/index.js';
import { layOut, nodesOf, tidy, type TextNode } from '../_kit/html-text.js';
import { unglued } from './glued-lines.js';

/** A heading within the HTML of a topic. */
export const isTopicKind = (node: TextNode): boolean =>
  (node.attribs?.['class'] ?? '').split(/\s+/).includes('topicdescriptionkind');

const KINDS: Record<string, Section['kind']> = {
  expectedoutcome: 'expected-outcome',
  expectedoutcomes: 'expected-outcome',
  scope: 'scope',
  objective: 'objective',
  objectives: 'objective',
  expectedimpact: 'expected-impact',
  expectedimpacts: 'expected-impact',
  specificchallenge: 'specific-challenge',
};

function section(heading: string, text: string): Section {
  // The sentence on the TRL stands under a heading "null" in many topics.
  const title =
    heading === 'null' ? '' : heading.replace(/(?<![\s:])[\s:]+$/, '').replace(/([a-z])([A-Z])/g, '$1 $2');
  return {
    kind: KINDS[title.toLowerCase().replace(/[^a-z]/g, '')] ?? 'other',
    title,
    text: unglued(tidy(text.replace(/^[\s:]+/, ''))),
  };
}

/**
 * A topic's description by its headings. `.topicdescriptionkind` names a section ("ExpectedOutcome",
 * "Expected Outcome", ...), which goes to the next heading, whether a `div.topicdescriptioncontent` holds it
 * or plain paragraphs. What stands before the first is the summary.
 */
export function sectionsOf(html: string): Section[] {
  const { before, parts } = layOut(nodesOf(html), isTopicKind);
  const named = parts.map(({ heading, text }) => section(heading, text));
  return [
    ...(before ? [{ kind: 'summary' as const, title: '', text: unglued(before) }] : []),
    ...named.filter((s) => s.text),
  ];
}
