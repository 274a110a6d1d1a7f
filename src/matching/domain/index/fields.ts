import type { AddressedCall, CallContent } from '../../../calls/domain/index.js';
import type { MatchingSettings } from '../scoring/settings.js';

/** The parts of a call that are matched: its headings, then one kind of field for each kind of section. */
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
  /** The name in evidence: that of a heading, or `sections.N`. */
  name: string;
  kind: FieldKind;
  text: string;
}

/** What the matching reads of a call. */
export type MatchableCall = Pick<
  CallContent,
  'language' | 'title' | 'keywords' | 'callTitle' | 'destination' | 'parentTopic' | 'project' | 'sections'
> &
  AddressedCall;

/**
 * The matched fields of a call in the order in which a reader meets them; keywords are one text, a line each.
 */
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

/** The text into which the spans of evidence point; null where the call has no such field. */
export const fieldText = (call: MatchableCall, name: string): string | null =>
  fieldsOf(call).find((field) => field.name === name)?.text ?? null;

export const isHeading = (kind: FieldKind): boolean => (headings as readonly FieldKind[]).includes(kind);

/**
 * The weight of one occurrence in a field of that kind. What a cascade call comes out of says as little of it
 * as the title of its call says of a topic.
 */
export function fieldWeight(kind: FieldKind, { fieldWeights }: MatchingSettings): number {
  if (kind === 'parentTopic' || kind === 'project') return fieldWeights.callTitle;
  return kind === 'title' || kind === 'keywords' || kind === 'callTitle' || kind === 'destination'
    ? fieldWeights[kind]
    : fieldWeights.sections[kind];
}
