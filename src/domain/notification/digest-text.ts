import type { DigestView } from './digest-view.js';
import type { ComingView, ItemView, Link } from './item-view.js';
import { textsIn } from './texts-in.js';
import type { Texts } from './texts.js';
import { wrapped } from './wrap.js';

const RULE = '-'.repeat(72);
const INDENT = '   ';

/** The mail for those who read plain text: all that the HTML says, in lines of 76 characters. */
export function digestText(view: DigestView): string {
  const texts = textsIn(view.language);
  const paragraphs = [
    ...(view.banner ? [`${RULE}\n${wrapped(view.banner)}\n${RULE}`] : []),
    wrapped(view.greeting),
    ...view.intro.map((p) => wrapped(p)),
    ...view.items.map((item) => itemText(item, texts)),
    ...(view.coming ? [view.coming.heading, ...view.coming.items.map((item) => comingText(item, texts))] : []),
    ...(view.more ? [wrapped(view.more)] : []),
    RULE,
    ...(view.inbox ? [linkText(view.inbox, '', texts)] : []),
    [view.sources.heading, ...view.sources.lines.map((line) => wrapped(`- ${line}`, '', '  '))].join('\n'),
    [wrapped(view.why), linkText(view.unsubscribe, '', texts)].join('\n'),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function itemText(item: ItemView, texts: Texts): string {
  const number = `${item.number}. `;
  const badge = item.badge ? `[${item.badge}] ` : '';
  const { open, close } = texts.quotes;
  const quote = item.passage && open + item.passage.before + item.passage.found + item.passage.after + close;
  return [
    wrapped(badge + item.title, number, INDENT),
    ...(item.identifier ? [INDENT + item.identifier] : []),
    ...(item.changes.lines.length ? [INDENT + texts.labelled(item.changes.label, '').trimEnd()] : []),
    ...item.changes.lines.map((line) => wrapped(line, `${INDENT}- `, `${INDENT}  `)),
    wrapped(item.reason, INDENT, INDENT),
    ...(quote ? [wrapped(quote, `${INDENT}  `, `${INDENT}  `)] : []),
    ...item.facts.map((f) => wrapped(texts.labelled(f.label, f.value), INDENT, `${INDENT}  `)),
    ...(item.link ? [linkText(item.link, INDENT, texts)] : []),
  ].join('\n');
}

function comingText({ title, facts, link }: ComingView, texts: Texts): string {
  return [wrapped(title, '- ', '  '), wrapped(facts, '  ', '  '), ...(link ? [linkText(link, '  ', texts)] : [])].join('\n');
}

/** An address stands on a line of its own and is never broken: mail programs make links of whole words only. */
function linkText(link: Link, indent: string, texts: Texts): string {
  return `${indent}${texts.labelled(link.label, '').trimEnd()}\n${indent}${link.url}`;
}
