import { sha256 } from '../../../kernel/hash.js';
import type { CallContent } from '../../../calls/domain/call-content.js';
import { callText, instituteText, PROMPT_VERSION } from './prompt.js';
import type { ReadableCall, ReadableProfile } from './reading.js';

/** Returns the parts of a stored call that a model is given. */
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

/** Returns a hash that is equal for calls described alike to the model. */
export const callHash = (call: Omit<ReadableCall, 'reference'>): string => sha256(callText(call));

/** Returns a hash that is equal for profiles described alike to the model. */
export const profileHash = (profile: ReadableProfile): string => sha256(instituteText(profile));

/** Returns the key of a pair's reading: a change of call text, profile, model or prompt gives a new one. */
export const readingKey = (model: string, call: string, profile: string): string =>
  sha256([PROMPT_VERSION, model, call, profile].join('\n'));
