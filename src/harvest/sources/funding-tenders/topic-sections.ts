import type { Section } from '../../../calls/domain/parsed-call.js';
import { layOut, nodesOf, tidy, type TextNode } from '../_kit/html-text.js';
import { unglued } from './glued-lines.js';

/** Whether a node is a heading in the HTML of a topic. */
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
  // In many topics the sentence on the TRL is under a heading "null".
  const title =
    heading === 'null' ? '' : heading.replace(/(?<![\s:])[\s:]+$/, '').replace(/([a-z])([A-Z])/g, '$1 $2');
  return {
    kind: KINDS[title.toLowerCase().replace(/[^a-z]/g, '')] ?? 'other',
    title,
    text: unglued(tidy(text.replace(/^[\s:]+/, ''))),
  };
}

/**
 * Splits a topic's description by its headings. `.topicdescriptionkind` names a section ("ExpectedOutcome",
 * "Expected Outcome", ...), which runs to the next heading, whether in a `div.topicdescriptioncontent` or in
 * plain paragraphs. The text before the first is the summary.
 */
export function sectionsOf(html: string): Section[] {
  const { before, parts } = layOut(nodesOf(html), isTopicKind);
  const named = parts.map(({ heading, text }) => section(heading, text));
  return [
    ...(before ? [{ kind: 'summary' as const, title: '', text: unglued(before) }] : []),
    ...named.filter((s) => s.text),
  ];
}
