import { createHash } from 'node:crypto';
import type { CallContent } from '../../../calls/domain/index.js';
import { callText, instituteText, PROMPT_VERSION } from './prompt.js';
import type { ReadableCall, ReadableProfile } from './reading.js';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What of a stored call a model is told. */
export const readableCall = ({
  reference,
  title,
  typesOfAction,
  sections,
}: Pick<CallContent, 'reference' | 'title' | 'typesOfAction' | 'sections'>): ReadableCall => ({
  reference,
  title,
  typesOfAction,
  text: sections.map((section) => section.text).join('\n'),
});

/** Equal for calls of which a model is told the same. */
export const callHash = (call: Omit<ReadableCall, 'reference'>): string => hash(callText(call));

/** Equal for profiles of which it is told the same. */
export const profileHash = (profile: ReadableProfile): string => hash(instituteText(profile));

/** What the reading of a pair is known by: another call text, profile, model or prompt is another reading. */
export const readingKey = (model: string, call: string, profile: string): string =>
  hash([PROMPT_VERSION, model, call, profile].join('\n'));
