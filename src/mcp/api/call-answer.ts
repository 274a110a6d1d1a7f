import { deadlineForPeople } from '../../calls/domain/facts/deadline.js';
import type { Deadline } from '../../calls/domain/call-content.js';
import type { Status } from '../../calls/domain/status.js';
import { translateTo } from '../../i18n/translate.js';
import type { Language } from '../../kernel/language.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import { webAddress } from '../../kernel/web-address.js';

/** A text longer than this is cut, and says so. */
const LONGEST_TEXT = 6_000;
const LONGEST_LINE = 500;

/** What answers say of a call, wherever it was found. */
export interface AnsweredCall {
  id: string;
  title: string;
  identifier: string | null;
  url: string | null;
  status: Status;
  deadlines: Deadline[];
  programme?: string | { name: string | null; code: string | null } | null;
  summary?: { sentences: string[] } | null;
}

/** Who reads an answer: their language, and where the pages of calls are for them. */
export interface AnswerReader {
  language: Language;
  page: (callId: string) => string;
}

/** What others wrote, apart from what we say; the instructions of the server call it data. */
export const quoted = <T extends object>(texts: T): { quoted: T } => ({ quoted: texts });

/** Returns a title or a sentence on one line. */
export const inLine = (text: string): string => shortened(oneLine(text), LONGEST_LINE);

export const cut = (text: string): { text: string; cut: boolean } => ({
  text: shortened(text, LONGEST_TEXT),
  cut: text.length > LONGEST_TEXT,
});

/** Returns a status; of a draft, always with what that means. */
const statusAnswer = (status: Status, language: Language) => ({
  status,
  ...(status === 'draft' && { status_says: translateTo(language)('why-not.status.draft') }),
});

/** Returns a call as it is named in an answer, with its page here; what its publisher calls it is quoted. */
export const namedCall = (
  { id, identifier, title, status }: Pick<AnsweredCall, 'id' | 'identifier' | 'title' | 'status'>,
  { language, page }: AnswerReader,
) => ({
  id,
  ...statusAnswer(status, language),
  page: page(id),
  ...quoted({ identifier: identifier && inLine(identifier), title: inLine(title) }),
});

/** Returns a call in an answer: what we know of it, its page here and its publisher's, and what it says. */
export const callAnswer = (call: AnsweredCall, reader: AnswerReader) => {
  const named = namedCall(call, reader);
  return {
    ...named,
    deadlines: call.deadlines.map((deadline) => ({
      at: deadline.at,
      kind: deadline.kind,
      says: deadlineForPeople(deadline, reader.language),
    })),
    sources: [webAddress(call.url)].filter((address) => address !== null),
    ...quoted({
      ...named.quoted,
      ...(call.summary && { summary: call.summary.sentences.map(inLine) }),
    }),
  };
};
