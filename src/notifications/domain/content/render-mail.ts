import type { Piece } from '../../../calls/domain/versions/text-diff.js';
import type { Fact } from '../../../calls/domain/facts/call-facts.js';
import { summaryText } from '../../../calls/domain/summary.js';
import { type Link, wrapped } from '../../../outbox/domain/mail-page.js';
import { BRIEF, type ChangeView, FULL, type Measure, SHORT, type ItemView } from './item-view.js';
import type { GroupView } from './message-groups.js';
import { byOpening, type LineView, type ListView } from './message-lists.js';
import { messageView, type MessageView } from './message-view.js';
import { type Translate, translateTo } from '../../../i18n/translate.js';
import type { Message, Rendered } from './message.js';
import { messageHtml } from './message-html.js';

const RULE = '-'.repeat(72);
const INDENT = '   ';

/** The complete message as plain text, in lines of 76 characters. */
function messageText(view: MessageView): string {
  const t = translateTo(view.language);
  const paragraphs = [
    ...(view.banner ? [`${RULE}\n${wrapped(view.banner)}\n${RULE}`] : []),
    ...(view.greeting ? [wrapped(view.greeting)] : []),
    ...view.intro.map((p) => wrapped(p)),
    // With lists only, it would repeat their headings.
    ...(view.groups.length || view.choose ? [headed(view.heading)] : []),
    ...view.groups.flatMap((group) => groupText(group, view)),
    ...[view.held, view.unread, view.more].filter((p) => p !== null).map((p) => wrapped(p)),
    ...view.lists.flatMap((list) => listText(list, t)),
    ...(view.choose
      ? [headed(view.choose.heading), `${wrapped(view.choose.says)}\n${linkText(view.choose.link, '', t)}`]
      : []),
    RULE,
    ...footText(view, t),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

const headed = (heading: string): string =>
  `${wrapped(heading)}\n${'='.repeat(Math.min(heading.length, 72))}`;

function groupText(group: GroupView, view: MessageView): string[] {
  const t = translateTo(view.language);
  const heading =
    group.heading === null
      ? []
      : [
          [
            wrapped(`* ${group.heading}`, '', '  '),
            ...(group.callTitle ? [wrapped(group.callTitle.text, '  ', '  ')] : []),
            ...[...group.fit, group.reason]
              .filter((line) => line !== null)
              .map((line) => wrapped(line, '  ', '  ')),
            ...factLines(group.facts, '  ', t),
            ...(group.row.length ? [wrapped(group.row.join(' · '), '  ', '  ')] : []),
            ...(group.because === null ? [] : [wrapped(group.because, '  ', '  ')]),
            ...(group.decide ?? []).map((link) => linkText(link, '  ', t)),
          ].join('\n'),
        ];
  return [...heading, ...group.items.map((item) => itemText(item, view))];
}

function itemText(item: ItemView, view: MessageView): string {
  const t = translateTo(view.language);
  const quote =
    item.passage && t('text.quote', { text: item.passage.before + item.passage.found + item.passage.after });
  return [
    wrapped(
      [...item.badges.map((b) => `[${b.label}]`), item.title].join(' '),
      item.number === null ? INDENT : `${item.number}. `,
      INDENT,
    ),
    ...(item.identifier === null ? [] : [wrapped(item.identifier, INDENT, INDENT)]),
    ...(item.siblings.length ? [INDENT + t('message.siblings')] : []),
    ...item.siblings.flatMap((sibling) =>
      [sibling, ...(sibling.decide ?? [])].map((link) => linkText(link, INDENT, t)),
    ),
    ...(item.summary ? [wrapped(summaryText(item.summary, view.language), INDENT, INDENT)] : []),
    ...(item.changes.length
      ? [INDENT + t('text.labelled', { label: t('message.changes'), value: '' }).trimEnd()]
      : []),
    ...item.changes.flatMap((change) => changeLines(change)),
    ...(item.rest ? [linkText(item.rest, `${INDENT}  `, t)] : []),
    ...[...item.fit, item.reason]
      .filter((line) => line !== null)
      .map((line) => wrapped(line, INDENT, INDENT)),
    ...(quote ? [wrapped(quote, `${INDENT}  `, `${INDENT}  `)] : []),
    ...factLines(item.facts, INDENT, t),
    ...(item.row?.length ? [wrapped(item.row.join(' · '), INDENT, INDENT)] : []),
    ...(item.because === null ? [] : [wrapped(item.because, INDENT, INDENT)]),
    ...(item.row
      ? [
          ...[item.page.url].map((url) => `${INDENT}${url}`),
          ...[...(item.source ? [item.source] : []), ...(item.decide ?? [])].map((link) =>
            linkText(link, INDENT, t),
          ),
        ]
      : [item.page, item.source, ...(item.decide ?? [])]
          .filter((link) => link !== null)
          .map((link) => linkText(link, INDENT, t))),
  ].join('\n');
}

function changeLines({ sentence, differences }: ChangeView): string[] {
  const deep = `${INDENT}    `;
  return [
    wrapped(sentence, `${INDENT}- `, `${INDENT}  `),
    ...differences.map((pieces) => wrapped(pieces.map(marked).join(''), deep, deep)),
  ];
}

const marked = ({ op, text }: Piece): string =>
  op === 'same' ? text : op === 'removed' ? `[-${text}-]` : `{+${text}+}`;

const factLines = (facts: Fact[], indent: string, t: Translate): string[] =>
  facts.map((f) => wrapped(t('text.labelled', { ...f }), indent, `${indent}  `));

function listText({ heading, lines, more, link }: ListView, t: Translate): string[] {
  const rest = [...(more ? [more] : []), ...(link ? [linkText(link, '', t)] : [])];
  return [
    headed(heading),
    lines.map((line) => lineText(line, t)).join('\n'),
    ...(rest.length ? [rest.join('\n')] : []),
  ];
}

function lineText({ front, title, says, quote, link, source }: LineView, t: Translate): string {
  return [
    wrapped(front === null ? title : `${front} – ${title}`, '- ', '  '),
    ...says.map((p) => wrapped(p, '  ', '  ')),
    ...(quote === null ? [] : [wrapped(t('text.quote', { text: quote }), '  ', '  ')]),
    ...(link ? [`  ${link.url}`] : []),
    ...(source ? [linkText(source, '  ', t)] : []),
  ].join('\n');
}

function footText({ inbox, foot, choose }: MessageView, t: Translate): string[] {
  return [
    ...[foot.untold, foot.links].filter((p) => p !== null).map((p) => wrapped(p)),
    ...(inbox ? [linkText(inbox, '', t)] : []),
    [...(foot.why === null ? [] : [wrapped(foot.why)]), wrapped(foot.next)].join('\n'),
    ...(choose ? [] : [linkText(foot.settings, '', t)]),
    ...(foot.sources.lines.length
      ? [
          [foot.sources.heading, ...foot.sources.lines.map((line) => wrapped(`- ${line}`, '', '  '))].join(
            '\n',
          ),
        ]
      : []),
    linkText(foot.unsubscribe, '', t),
  ];
}

/** A URL gets its own line and is never broken: mail programs only link whole words. */
const linkText = (link: Link, indent: string, t: Translate): string =>
  `${wrapped(t('text.labelled', { label: link.label, value: '' }).trimEnd(), indent, indent)}\n${indent}${link.url}`;

/** Gmail clips messages above 102 KB, hiding the unsubscribe link; servers on the way add to the size. */
const MOST_BYTES = 90_000;

/** Up to this many calls are read one by one; more are skimmed first. */
const FEW = 3;

const isMany = (message: Message): boolean => byOpening(message).inFull.length > FEW;
const measureOf = (message: Message): Measure => (isMany(message) ? BRIEF : FULL);

/**
 * A message as an e-mail. Both bodies say the same; external text is escaped, and only http(s) addresses
 * become links.
 */
export function renderMail(message: Message): Rendered {
  const whole = mailOf(message, measureOf(message));
  return new TextEncoder().encode(whole.html).length > MOST_BYTES
    ? mailOf(message, { ...SHORT, brief: isMany(message) })
    : whole;
}

/** The text of that e-mail, which other channels store with what they show. */
export const mailText = (message: Message): string => messageText(messageView(message, measureOf(message)));

function mailOf(message: Message, measure: Measure): Rendered & { html: string } {
  const view = messageView(message, measure);
  return { subject: view.subject, text: messageText(view), html: messageHtml(view), payload: null };
}
