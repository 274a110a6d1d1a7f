import { summaryText } from '../../../calls/domain/summary.js';
import type { Piece } from '../../../calls/domain/versions/text-diff.js';
import type { Badge, ItemView } from '../../domain/content/item-view.js';
import { SHORT } from '../../domain/facts/measure.js';
import type { Message, Rendered } from '../../domain/content/message.js';
import type { GroupView } from '../../domain/content/message-groups.js';
import type { LineView, ListView } from '../../domain/content/message-lists.js';
import { mailText } from '../../domain/content/render-mail.js';
import { messageView, type MessageView } from '../../domain/content/message-view.js';
import { translateTo } from '../../../i18n/translate.js';
import {
  box,
  line,
  linkRun,
  run,
  type Card,
  type Container,
  type TeamsMessage,
  type RichTextBlock,
  type TextRun,
} from './card.js';

/** Teams refuses messages above 28 KB, and a workflow adds a wrapper. */
const MOST_BYTES = 26_000;
/** The length of the text shown where cards are not supported. */
const LONGEST_FALLBACK = 200;
const COLOURS: Record<Badge['tone'], TextRun['color']> = {
  urgent: 'Attention',
  fresh: 'Good',
  changed: 'Warning',
  baseline: undefined,
};

/** A message as a Teams card: as many calls as fit, the others counted and linked. The text has all. */
export function renderTeams(message: Message): Rendered {
  const full = messageView(message);
  return {
    subject: full.subject,
    text: mailText(message),
    html: null,
    payload: fitting(full, messageView(message, SHORT)),
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
function fitting(full: MessageView, short: MessageView): string {
  const calls = short.groups.flatMap((g) => g.items).length;
  const sizes = Array.from({ length: calls + 1 }, (_, i): Size => ({
    calls: calls - i,
    lists: short.lists.length,
  }));
  const whole = messageOf(full, sizes[0]!);
  if (fits(whole)) return whole;
  const size = sizes.find((s) => fits(messageOf(short, s))) ?? { calls: 0, lists: 0 };
  return messageOf(short, size);
}

const fits = (json: string): boolean => new TextEncoder().encode(json).length <= MOST_BYTES;

function messageOf(view: MessageView, size: Size): string {
  const message: TeamsMessage = {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: cardOf(view, size),
      },
    ],
  };
  return JSON.stringify(message);
}

function cardOf(view: MessageView, size: Size): Card {
  const links = [view.inbox, view.foot.settings, view.foot.unsubscribe].filter((link) => link !== null);
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    lang: view.language,
    fallbackText: view.subject.slice(0, LONGEST_FALLBACK),
    msteams: { width: 'Full' },
    body: [
      headBox(view),
      ...callBoxes(view, size.calls),
      ...afterBox(view),
      ...view.lists.slice(0, size.lists).map((list) => listBox(list)),
      footBox(view),
    ],
    actions: links.map(({ label, url }) => ({ type: 'Action.OpenUrl', title: label, url })),
  };
}

function headBox({ banner, heading, intro }: MessageView): Container {
  const said = [line(run(heading, { weight: 'Bolder', size: 'Large' })), ...intro.map((p) => line(run(p)))];
  return banner === null
    ? box(said)
    : box([line(run(banner, { weight: 'Bolder', color: 'Attention' })), ...said], { style: 'attention' });
}

/** The first `most` calls, and a line that counts the others. */
function callBoxes(view: MessageView, most: number): Container[] {
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
              run(translateTo(view.language)('message.not-here', { n: hidden }), { weight: 'Bolder' }),
              ...(view.inbox ? [run(' '), linkRun(view.inbox)] : []),
            ),
          ],
          { separator: true },
        ),
      ]
    : boxes;
}

function groupBox({ heading, callTitle, facts }: GroupView, { language }: MessageView): Container[] {
  if (heading === null) return [];
  const title = callTitle ? [line(run(callTitle.text))] : [];
  return [
    box([line(run(heading, { weight: 'Bolder', size: 'Medium' })), ...title, ...factLines(facts, language)], {
      style: 'emphasis',
    }),
  ];
}

function itemBox(item: ItemView, { language }: MessageView): Container {
  const t = translateTo(language);
  const marks = item.badges.map(({ tone, label }) =>
    run(`${label}  `, { weight: 'Bolder', ...(COLOURS[tone] && { color: COLOURS[tone] }) }),
  );
  const words = [...item.fit, item.reason].filter((p) => p !== null);
  const links = [item.page, item.source].filter((link) => link !== null);
  return box(
    [
      ...(marks.length ? [line(...marks)] : []),
      line(run(`${item.number === null ? '' : `${item.number}. `}${item.title}`, { weight: 'Bolder' })),
      ...(item.identifier === null ? [] : [line(run(item.identifier, { isSubtle: true, size: 'Small' }))]),
      ...(item.siblings.length
        ? [
            line(
              run(t('message.siblings'), { size: 'Small' }),
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
      ...words.map((p, i) => line(run(p, i === 0 && item.fit.length ? { weight: 'Bolder' } : {}))),
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
      ...(item.because === null ? [] : [line(run(item.because, { isSubtle: true, size: 'Small' }))]),
      line(...links.flatMap((link, i) => [...(i ? [run(' · ')] : []), linkRun(link)])),
    ],
    { separator: true },
  );
}

const passageRuns = ({ before, found, after }: NonNullable<ItemView['passage']>): TextRun[] =>
  [
    run(before, { italic: true }),
    run(found, { italic: true, highlight: true }),
    run(after, { italic: true }),
  ].filter((r) => r.text !== '');

const pieceRun = ({ op, text }: Piece): TextRun =>
  op === 'same'
    ? run(text)
    : op === 'removed'
      ? run(text, { strikethrough: true, color: 'Attention' })
      : run(text, { underline: true, color: 'Good' });

const factLines = (facts: ItemView['facts'], language: MessageView['language']): RichTextBlock[] =>
  facts.map(({ label, value }) =>
    line(run(translateTo(language)('text.labelled', { label, value: '' }), { weight: 'Bolder' }), run(value)),
  );

function afterBox({ held, unread, more, choose }: MessageView): Container[] {
  const said = [held, unread, more, choose && choose.says].filter((p) => p !== null);
  return said.length
    ? [
        box(
          said.map((p) => line(run(p))),
          { separator: true },
        ),
      ]
    : [];
}

function listBox({ heading, lines, more, link }: ListView): Container {
  const rest = more === null ? [] : [line(run(more), ...(link ? [run(' – '), linkRun(link)] : []))];
  return box(
    [line(run(heading, { weight: 'Bolder', size: 'Medium' })), ...lines.flatMap(lineRuns), ...rest],
    { separator: true },
  );
}

function lineRuns({ front, title, says, quote, link }: LineView): RichTextBlock[] {
  const named = link ? linkRun({ label: title, url: link.url }) : run(title);
  const said = quote === null ? says : [...says, quote];
  return [
    line(...(front === null ? [] : [run(`${front} – `, { weight: 'Bolder' })]), named),
    ...said.map((p) => line(run(p, { isSubtle: true }))),
  ];
}

const footBox = ({ foot }: MessageView): Container => {
  const sources = foot.sources.lines.length ? [foot.sources.heading, ...foot.sources.lines] : [];
  return box(
    [foot.untold, foot.why, foot.next, ...sources]
      .filter((p) => p !== null)
      .map((p) => line(run(p, { isSubtle: true, size: 'Small' }))),
    { separator: true },
  );
};
