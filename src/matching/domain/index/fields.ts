import type { AddressedCall } from '../../../calls/domain/addressee.js';
import type { CallContent } from '../../../calls/domain/call-content.js';
import type { MatchingSettings } from '../scoring/settings.js';

/** The parts of a call that are matched: its headings, then one field kind per section kind. */
export const headings = ['title', 'keywords', 'callTitle', 'destination', 'parentTopic', 'project'] as const;
export const fieldKinds = [
  ...headings,
  'summary',
  'expected-outcome',
  'scope',
  'objective',
  'expected-impact',
  'specific-challenge',
  'conditions',
  'other',
] as const;
export type FieldKind = (typeof fieldKinds)[number];

export interface Field {
  /** The name used in evidence: that of a heading, or `sections.N`. */
  name: string;
  kind: FieldKind;
  text: string;
}

export type MatchableCall = Pick<
  CallContent,
  'language' | 'title' | 'keywords' | 'callTitle' | 'destination' | 'parentTopic' | 'project' | 'sections'
> &
  AddressedCall;

/** Returns the matched fields of a call in reading order; the keywords are one text, one per line. */
export function fieldsOf(call: MatchableCall): Field[] {
  const all: Field[] = [
    { name: 'title', kind: 'title', text: call.title },
    { name: 'keywords', kind: 'keywords', text: call.keywords.join('\n') },
    { name: 'callTitle', kind: 'callTitle', text: call.callTitle ?? '' },
    { name: 'destination', kind: 'destination', text: call.destination ?? '' },
    { name: 'parentTopic', kind: 'parentTopic', text: call.parentTopic?.title ?? '' },
    { name: 'project', kind: 'project', text: call.project?.name ?? '' },
    ...call.sections.map((section, i): Field => ({
      name: `sections.${i}`,
      kind: section.kind,
      text: section.text,
    })),
  ];
  return all.filter((field) => field.text !== '');
}

/** Returns the text that spans of evidence refer to; null if the call has no such field. */
export const fieldText = (call: MatchableCall, name: string): string | null =>
  fieldsOf(call).find((field) => field.name === name)?.text ?? null;

export const isHeading = (kind: FieldKind): boolean => (headings as readonly FieldKind[]).includes(kind);

/**
 * Returns the weight of one occurrence in a field of that kind. The source of a cascade call says as little
 * about it as a call's title says about a topic.
 */
export function fieldWeight(kind: FieldKind, { fieldWeights }: MatchingSettings): number {
  if (kind === 'parentTopic' || kind === 'project') return fieldWeights.callTitle;
  return kind === 'title' || kind === 'keywords' || kind === 'callTitle' || kind === 'destination'
    ? fieldWeights[kind]
    : fieldWeights.sections[kind];
}
