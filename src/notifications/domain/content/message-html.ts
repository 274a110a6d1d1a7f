import { html, type Html, BUTTON, FONT } from '../../../outbox/domain/index.js';
import { mailPage } from './mail-page.js';
import { factsHtml, itemRow, linkHtml } from './item-html.js';
import type { Link } from './item-view.js';
import type { GroupView } from './message-groups.js';
import type { LineView, ListView } from './message-lists.js';
import type { MessageView } from './message-view.js';
import { textsIn, type Texts } from '../../../calls/domain/index.js';

const ROW = `background:#ffffff;border-top:1px solid #d5dcdf;padding:18px 24px;${FONT}`;
const HEAD = `background:#0b5c6b;padding:18px 24px;${FONT}color:#ffffff;`;
const WARNING = `background:#8a1c1c;padding:12px 24px;${FONT}color:#ffffff;font-weight:bold;`;
const GROUP = `background:#e0f0f3;border-top:1px solid #d5dcdf;padding:14px 24px;${FONT}`;
const SMALL = 'font-size:14px;color:#4b5a60;';
const P = 'margin:0 0 12px 0;';
const H2 = 'margin:0 0 8px 0;font-size:18px;line-height:1.35;';

/** A message as a mail's page. */
export function messageHtml(view: MessageView): string {
  const texts = textsIn(view.language);
  const rows = [
    ...(view.banner ? [row('s w', WARNING, html`${view.banner}`)] : []),
    headRow(view),
    introRow(view),
    ...view.groups.flatMap((group) => [
      ...groupRows(group),
      ...group.items.map((item) => itemRow(item, group, ROW, view.language)),
    ]),
    ...afterRows(view),
    ...(view.choose ? [chooseRow(view.choose)] : []),
    ...view.lists.map((list) => listRow(list, texts)),
    footRow(view),
  ];
  return mailPage({ language: view.language, title: view.subject, preheader: view.preheader, rows });
}

const row = (
  name: string,
  style: string,
  content: Html,
): Html => html`<tr><td class="${name}" style="${style}">${content}</td></tr>
`;

const headRow = ({ heading }: MessageView): Html =>
  row(
    's h',
    HEAD,
    html`<p style="margin:0;font-size:14px;">Carnot Europe</p>
<h1 style="margin:2px 0 0 0;font-size:22px;line-height:1.3;">${heading}</h1>`,
  );

function introRow({ greeting, intro }: MessageView): Html {
  const said = [...(greeting ? [greeting] : []), ...intro];
  return row(
    's',
    ROW,
    html`${said.map((p, i) => html`<p style="margin:${i ? '10px' : '0'} 0 0 0;">${p}</p>\n`)}`,
  );
}

const chooseRow = ({ heading, says, link }: NonNullable<MessageView['choose']>): Html =>
  row(
    's',
    ROW,
    html`<h2 style="${H2}">${heading}</h2>
<p style="${P}">${says}</p>
${buttonHtml(link)}`,
  );

/** Outlook pads cells, others links: a button is both. */
const buttonHtml = ({
  label,
  url,
}: Link): Html => html`<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>
<td bgcolor="#0b5c6b" style="border-radius:6px;mso-padding-alt:10px 18px;"><a href="${url}" style="${BUTTON}">${label}</a></td></tr></table>`;

function groupRows({ heading, callTitle, facts }: GroupView): Html[] {
  if (heading === null) return [];
  const title =
    callTitle &&
    html`<p style="margin:2px 0 0 0;"><span lang="${callTitle.language}" dir="auto">${callTitle.text}</span></p>`;
  return [
    row(
      's g',
      GROUP,
      html`<h2 style="margin:0;font-size:17px;line-height:1.35;">${heading}</h2>${title}${facts.length ? factsHtml(facts) : null}`,
    ),
  ];
}

function afterRows({ held, unread, more, inbox }: MessageView): Html[] {
  if ([held, unread, more, inbox].every((part) => part === null)) return [];
  const said = [held, unread, more].filter((p) => p !== null).map((p) => html`<p style="${P}">${p}</p>\n`);
  return [row('s', ROW, html`${said}${inbox && buttonHtml(inbox)}`)];
}

function listRow({ heading, lines, more, link }: ListView, texts: Texts): Html {
  const rest =
    more === null
      ? null
      : html`<p style="margin:4px 0 0 0;">${more}${link && html`<br>${linkHtml(link)}`}</p>`;
  return row(
    's',
    ROW,
    html`<h2 style="${H2}">${heading}</h2>${lines.map((line) => lineHtml(line, texts))}${rest}`,
  );
}

function lineHtml({ front, language, title, says, quote, link }: LineView, texts: Texts): Html {
  const named = html`<span lang="${language}" dir="auto">${title}</span>`;
  const said = quote === null ? says : [...says, texts.quotes.open + quote + texts.quotes.close];
  return html`<p style="margin:0 0 10px 0;font-size:15px;">${front && html`<strong>${front}</strong> – `}${
    link
      ? html`<a class="a" href="${link.url}" style="color:#0b5c6b;">${named}</a>`
      : html`<strong>${named}</strong>`
  }${said.map((p) => html`<br><span class="m" style="${SMALL}">${p}</span>`)}</p>
`;
}

function footRow({ foot }: MessageView): Html {
  const lines = foot.sources.lines.map((line) => html`<li>${line}</li>`);
  return row(
    's m',
    `${ROW}${SMALL}`,
    html`${foot.untold && html`<p style="${P}">${foot.untold}</p>\n`}${foot.why && html`<p style="margin:0 0 4px 0;">${foot.why}</p>\n`}<p style="${P}">${foot.next}</p>
${
  lines.length
    ? html`<p style="margin:0;font-weight:bold;">${foot.sources.heading}</p>
<ul style="margin:0 0 12px 0;padding:0 0 0 20px;">${lines}</ul>`
    : null
}
<p style="margin:0;">${linkHtml(foot.settings)}<br>${linkHtml(foot.unsubscribe)}</p>`,
  );
}
