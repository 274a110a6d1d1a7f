import { z } from 'zod';
import type { Summary } from '../../calls/domain/call-content.js';
import { deadlineFacts, openingFact, statusFact } from '../../calls/domain/facts/call-facts.js';
import type { Status } from '../../calls/domain/status.js';
import type { SummaryView } from '../../calls/domain/summary.js';
import type { Block, Document } from '../../kernel/document.js';
import { Language } from '../../kernel/language.js';
import { oneLine } from '../../kernel/one-line.js';
import { webAddress } from '../../kernel/web-address.js';
import { translateTo } from '../../i18n/translate.js';

/** More calls than this nobody reads to the end. */
export const MOST_ITEMS = 30;
export const [LONGEST_NAME, LONGEST_INTRO, LONGEST_LINE] = [200, 4_000, 500];

/** A call in a newsletter, and what the institute says of it. */
export const NewsletterItem = z.strictObject({ callId: z.uuid(), line: z.string().max(LONGEST_LINE) });
export type NewsletterItem = z.infer<typeof NewsletterItem>;

/** A list is one however its name is written. */
export const sameList = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const Name = z.string().trim().min(1).max(LONGEST_NAME);
export const ListName = Name;
export const NewNewsletter = z.object({ list: ListName, title: Name, language: Language });
export type NewNewsletter = z.infer<typeof NewNewsletter>;

export const NewsletterContent = z.object({
  title: Name,
  intro: z.string().max(LONGEST_INTRO).default(''),
  language: Language,
  items: z.array(NewsletterItem).max(MOST_ITEMS),
});
export type NewsletterContent = z.infer<typeof NewsletterContent>;

export interface NewsletterCall {
  id: string;
  content: Summary;
  status: Status;
  summary: SummaryView | null;
  line: string;
}

/** A newsletter with its calls, ready to be written. */
export interface WrittenNewsletter {
  list: string;
  title: string;
  intro: string;
  language: Language;
  institute: string;
  calls: NewsletterCall[];
}

/** What a newsletter says of a call, in the order in which it says it. */
export interface CallWords {
  title: string;
  language: string;
  identifier: string | null;
  line: string;
  sentences: string[];
  /** The language of the sentences. */
  saidIn: string;
  facts: string[];
  url: string | null;
}

export function wordsOf(
  { content, status, summary, line }: NewsletterCall,
  language: Language,
  now: Date,
): CallWords {
  const t = translateTo(language);
  const identifier = content.identifier && oneLine(content.identifier);
  return {
    title: oneLine(content.title),
    language: content.language,
    // A cascade call carries that of the topic that funded its project.
    identifier: identifier && content.kind === 'cascade' ? t('under-topic', { identifier }) : identifier,
    line: line.trim(),
    sentences: summary?.sentences ?? [],
    saidIn: summary?.language ?? language,
    facts: [
      ...statusFact(status, content, language),
      ...(status === 'forthcoming' ? openingFact(content, now, language) : []),
      ...deadlineFacts(content, now, language),
    ].map(({ label, value }) => t('text.labelled', { label, value })),
    url: webAddress(content.url),
  };
}

const paragraphs = (text: string): string[] => text.split(/\n{2,}/).filter((part) => part.trim() !== '');

const said = (line: string): Block => ({ kind: 'paragraph', words: [{ text: line, italic: true }] });

/** Returns a newsletter as a document, for a tool of one's own. */
export function newsletterDocument({ calls, ...newsletter }: WrittenNewsletter, now: Date): Document {
  const { title, intro, language, institute } = newsletter;
  const t = translateTo(language);
  const ofCall = ({ url, ...call }: CallWords): Block[] => [
    { kind: 'heading', level: 2, text: call.title },
    ...(call.line ? [said(call.line)] : []),
    ...call.sentences.map((words): Block => ({ kind: 'paragraph', words })),
    {
      kind: 'list',
      items: [
        ...(call.identifier ? [call.identifier] : []),
        ...call.facts,
        ...(url === null ? [] : [[{ text: t('newsletter.call-page'), href: url }]]),
      ],
    },
  ];
  return {
    title,
    above: institute,
    language,
    blocks: [
      ...paragraphs(intro).map((words): Block => ({ kind: 'paragraph', words })),
      ...calls.flatMap((call) => ofCall(wordsOf(call, language, now))),
    ],
    foot: institute,
  };
}
