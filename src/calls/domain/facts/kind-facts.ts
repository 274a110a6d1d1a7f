import type { CallContent } from '../call-content.js';
import { parentTopicOf } from '../named-for.js';
import type { Language } from '../../../kernel/language.js';
import { oneLine, shortened } from '../../../kernel/one-line.js';
import { translateTo } from '../../../i18n/translate.js';

/** The fields that only some kinds of calls have, and those of sources with many funders. */
export type KindWithFacts = Pick<
  CallContent,
  'kind' | 'identifier' | 'funder' | 'parentTopic' | 'project' | 'duration' | 'zones' | 'contractType'
>;

const LONGEST = 200;
const joined = (parts: (string | null | undefined)[]): string | null =>
  parts.filter(Boolean).join(' – ') || null;

/** "HORIZON-CL4-2024-DATA-01 – Title of the topic". */
export const topicInWords = (
  call: Pick<KindWithFacts, 'kind' | 'identifier' | 'parentTopic'>,
): string | null => {
  const parent = parentTopicOf(call);
  return joined([parent?.identifier, parent?.title]);
};

/** "ACRONYM – Name of the project". */
export const projectInWords = ({ project }: Pick<KindWithFacts, 'project'>): string | null =>
  joined([...new Set([project?.acronym, project?.name])]);

/** Returns these facts, each if stated. */
export function kindFacts(call: KindWithFacts, language: Language): { label: string; value: string }[] {
  const t = translateTo(language);
  const told: [string, string | null][] = [
    [t('fact.funder'), call.funder ?? null],
    [t('fact.under-topic'), topicInWords(call)],
    [t('fact.project'), projectInWords(call)],
    [t('fact.duration'), call.duration ?? null],
    [t('fact.zones'), call.zones?.join(', ') ?? null],
    [t('fact.contract-type'), call.contractType ?? null],
  ];
  return told.flatMap(([label, value]) =>
    value === null ? [] : [{ label, value: shortened(oneLine(value), LONGEST) }],
  );
}
