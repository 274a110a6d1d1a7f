import { listTo } from '../../../../i18n/message.js';
import { translateTo } from '../../../../i18n/translate.js';
import type { Language } from '../../../../kernel/language.js';
import { fieldsOf, type FieldKind, type MatchableCall } from '../../index/fields.js';

/** Returns the kind of a field of that call, by its name in evidence; null if the call has no such field. */
export const kindOfField = (call: MatchableCall, name: string): FieldKind | null =>
  fieldsOf(call).find((f) => f.name === name)?.kind ?? null;

/** "the title and the scope". */
export const namedSections = (kinds: FieldKind[], language: Language): string =>
  listTo(
    language,
    [...new Set(kinds)].map((kind) => translateTo(language)(`reason.section.${kind}`)),
  );
