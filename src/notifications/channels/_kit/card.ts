import { summaryText } from '../../../calls/domain/summary.js';
import type { Piece } from '../../../calls/domain/versions/text-diff.js';
import { translateTo } from '../../../i18n/translate.js';
import type { Language } from '../../../kernel/language.js';
import { type Badge, type ItemView, SHORT } from '../../domain/content/item-view.js';
import type { Message, Rendered } from '../../domain/content/message.js';
import type { GroupView } from '../../domain/content/message-groups.js';
import type { LineView, ListView } from '../../domain/content/message-lists.js';
import { messageView, type MessageView } from '../../domain/content/message-view.js';
import { mailText } from '../../domain/content/render-mail.js';

/** A piece of text with one look, shown as it is: nothing in it becomes a link, a mention or Markdown. */
export interface Run {
  text: string;
  bold?: true;
  size?: 'small' | 'medium' | 'large';
  tone?: 'good' | 'warning' | 'attention';
  subtle?: true;
  italic?: true;
  highlight?: true;
  struck?: true;
  underlined?: true;
  url?: string;
}
type Line = Run[];
/** What belongs together, separated from what is above it. */
export interface Box {
  lines: Line[];
  separated?: true;
  style?: 'emphasis' | 'attention';
}
interface Link {
  label: string;
  url: string;
}

/** A message as chats show it: boxes of lines, and where one can go. */
export interface Card {
  language: Language;
  /** What is shown where cards are not. */
  fallback: string;
  boxes: Box[];
  links: Link[];
}

/** The length of the text shown where cards are not supported. */
const LONGEST_FALLBACK = 200;
const TONES: Record<Badge['tone'], Run['tone']> = {
  urgent: 'attention',
  fresh: 'good',
  changed: 'warning',
  baseline: undefined,
};

/**
 * A message as the card of a chat: as many calls as fit, the others counted and linked. The text has all.
 * `postOf` says what is posted, `fits` whether the other side takes it.
 */
export function renderCard<Post>(
  message: Message,
  postOf: (card: Card) => Post,
  fits: (post: Post) => boolean,
): Rendered {
  const full = messageView(message);
  return {
    subject: full.subject,
    text: mailText(message),
    html: null,
    payload: JSON.stringify(fitting(full, messageView(message, SHORT), postOf, fits)),
  };
}

interface Size {
  calls: number;
  lists: number;
}

/**
 * Everything in full, else everything in short; else drops calls from the end, then lists: the most urgent
 * come first.
 */
function fitting<Post>(
  full: MessageView,
  short: MessageView,
  postOf: (card: Card) => Post,
  fits: (post: Post) => boolean,
): Post {
  const calls = short.groups.flatMap((g) => g.items).length;
  const lists = short.lists.length;
  const whole = postOf(cardOf(full, { calls, lists }));
  if (fits(whole)) return whole;
  const shortened = (size: Size): Post => postOf(cardOf(short, size));
  const shownLists = mostFitting(lists, (n) => fits(shortened({ calls: 0, lists: n })));
  const shownCalls = mostFitting(calls, (n) => fits(shortened({ calls: n, lists: shownLists })));
  return shortened({ calls: shownCalls, lists: shownLists });
}

/** The most up to `all` that fit: what fits with some fits with fewer. */
function mostFitting(all: number, fits: (n: number) => boolean): number {
  if (fits(all)) return all;
  let [fitting, tooMany] = [0, all];
  while (tooMany - fitting > 1) {
    const middle = (fitting + tooMany) >> 1;
    if (fits(middle)) fitting = middle;
    else tooMany = middle;
  }
  return fitting;
}

function cardOf(view: MessageView, size: Size): Card {
  return {
    language: view.language,
    fallback: view.subject.slice(0, LONGEST_FALLBACK),
    boxes: [
      headBox(view),
      ...callBoxes(view, size.calls),
      ...afterBox(view),
      ...view.lists.slice(0, size.lists).map((list) => listBox(list)),
      ...unlistedBox(view, size.lists),
      footBox(view),
    ],
    links: [view.inbox, view.foot.settings, view.foot.unsubscribe].filter((link) => link !== null),
  };
}

const run = (text: string, look: Omit<Run, 'text'> = {}): Run => ({ text, ...look });
const line = (...runs: Run[]): Line => runs;
const linkRun = ({ label, url }: Link): Run => run(label, { url });
const box = (lines: Line[], look: Omit<Box, 'lines'> = {}): Box => ({ lines, ...look });

function headBox({ banner, heading, intro }: MessageView): Box {
  const said = [line(run(heading, { bold: true, size: 'large' })), ...intro.map((p) => line(run(p)))];
  return banner === null
    ? box(said)
    : box([line(run(banner, { bold: true, tone: 'attention' })), ...said], { style: 'attention' });
}

/** The first `most` calls, and a line that counts the others. */
function callBoxes(view: MessageView, most: number): Box[] {
  let left = most;
  const boxes = view.groups.flatMap((group) => {
    const items = group.items.slice(0, left);
    left -= items.length;
    return items.length ? [...groupBox(group, view), ...items.map((item) => itemBox(item, view))] : [];
  });
  const hidden = view.groups.flatMap((g) => g.items).length - most;
  return hidden > 0
    ? [
        ...boxes,
        box(
          [
            line(
              run(translateTo(view.language)('message.not-here', { n: hidden }), { bold: true }),
              ...(view.inbox ? [run(' '), linkRun(view.inbox)] : []),
            ),
          ],
          { separated: true },
        ),
      ]
    : boxes;
}

/** Names the lists behind the first `shown`, if any. */
function unlistedBox({ language, lists, inbox }: MessageView, shown: number): Box[] {
  const t = translateTo(language);
  const left = lists.slice(shown).map(({ heading }) => heading);
  if (!left.length) return [];
  const says = t('message.lists-not-here', { all: left.join(t('text.semicolon')) });
  return [
    box([line(run(says, { bold: true }), ...(inbox ? [run(' '), linkRun(inbox)] : []))], { separated: true }),
  ];
}

function groupBox(
  { heading, callTitle, fit, reason, facts, because }: GroupView,
  { language }: MessageView,
): Box[] {
  if (heading === null) return [];
  return [
    box(
      [
        line(run(heading, { bold: true, size: 'medium' })),
        ...(callTitle ? [line(run(callTitle.text))] : []),
        ...fitLines(fit, reason),
        ...factLines(facts, language),
        ...(because === null ? [] : [line(run(because, { subtle: true, size: 'small' }))]),
      ],
      { style: 'emphasis' },
    ),
  ];
}

/** How well something fits, the best in bold, and why. */
const fitLines = (fit: string[], reason: string | null): Line[] =>
  [...fit, reason]
    .filter((p) => p !== null)
    .map((p, i) => line(run(p, i === 0 && fit.length ? { bold: true } : {})));

function itemBox(item: ItemView, { language }: MessageView): Box {
  const t = translateTo(language);
  const marks = item.badges.map(({ tone, label }) =>
    run(`${label}  `, { bold: true, ...(TONES[tone] && { tone: TONES[tone] }) }),
  );
  const links = [item.page, item.source].filter((link) => link !== null);
  return box(
    [
      ...(marks.length ? [line(...marks)] : []),
      line(run(`${item.number === null ? '' : `${item.number}. `}${item.title}`, { bold: true })),
      ...(item.identifier === null ? [] : [line(run(item.identifier, { subtle: true, size: 'small' }))]),
      ...(item.siblings.length
        ? [
            line(
              run(t('message.siblings'), { size: 'small' }),
              ...item.siblings.flatMap((link, i) => [run(i ? ' · ' : ' '), linkRun(link)]),
            ),
          ]
        : []),
      ...(item.summary ? [line(run(summaryText(item.summary, language)))] : []),
      ...item.changes.flatMap(({ sentence, differences }) => [
        line(run(`• ${sentence}`)),
        ...differences.map((pieces) => line(...pieces.map(pieceRun))),
      ]),
      ...(item.rest ? [line(linkRun(item.rest))] : []),
      ...fitLines(item.fit, item.reason),
      ...(item.passage
        ? [
            line(
              run(t('text.quote-open'), { italic: true }),
              ...passageRuns(item.passage),
              run(t('text.quote-close'), { italic: true }),
            ),
          ]
        : []),
      ...factLines(item.facts, language),
      ...(item.because === null ? [] : [line(run(item.because, { subtle: true, size: 'small' }))]),
      line(...links.flatMap((link, i) => [...(i ? [run(' · ')] : []), linkRun(link)])),
    ],
    { separated: true },
  );
}

const passageRuns = ({ before, found, after }: NonNullable<ItemView['passage']>): Run[] =>
  [
    run(before, { italic: true }),
    run(found, { italic: true, highlight: true }),
    run(after, { italic: true }),
  ].filter((r) => r.text !== '');

const pieceRun = ({ op, text }: Piece): Run =>
  op === 'same'
    ? run(text)
    : op === 'removed'
      ? run(text, { struck: true, tone: 'attention' })
      : run(text, { underlined: true, tone: 'good' });

const factLines = (facts: ItemView['facts'], language: MessageView['language']): Line[] =>
  facts.map(({ label, value }) =>
    line(run(translateTo(language)('text.labelled', { label, value: '' }), { bold: true }), run(value)),
  );

function afterBox({ held, unread, more, choose }: MessageView): Box[] {
  const said = [held, unread, more, choose && choose.says].filter((p) => p !== null);
  return said.length
    ? [
        box(
          said.map((p) => line(run(p))),
          { separated: true },
        ),
      ]
    : [];
}

function listBox({ heading, lines, more, link }: ListView): Box {
  const rest = more === null ? [] : [line(run(more), ...(link ? [run(' – '), linkRun(link)] : []))];
  return box([line(run(heading, { bold: true, size: 'medium' })), ...lines.flatMap(lineRuns), ...rest], {
    separated: true,
  });
}

function lineRuns({ front, title, says, quote, link, source }: LineView): Line[] {
  const named = link ? linkRun({ label: title, url: link.url }) : run(title);
  const said = quote === null ? says : [...says, quote];
  return [
    line(...(front === null ? [] : [run(`${front} – `, { bold: true })]), named),
    ...said.map((p) => line(run(p, { subtle: true }))),
    ...(source ? [line(linkRun(source))] : []),
  ];
}

const footBox = ({ foot }: MessageView): Box => {
  const sources = foot.sources.lines.length ? [foot.sources.heading, ...foot.sources.lines] : [];
  return box(
    [foot.untold, foot.why, foot.next, ...sources]
      .filter((p) => p !== null)
      .map((p) => line(run(p, { subtle: true, size: 'small' }))),
    { separated: true },
  );
};
