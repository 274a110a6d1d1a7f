import type { DigestView } from './digest-view.js';
import { html, type Html } from './html.js';
import { FONT } from './mail-style.js';
import type { ComingView, Fact, ItemView, Link } from './item-view.js';
import type { Passage } from './passage.js';
import { textsIn } from './texts-in.js';
import type { Texts } from './texts.js';

// Mail programs drop style sheets, so every style stands on its element. Contrast is at least 4.5 : 1 (WCAG AA).
const SMALL = 'font-size:14px;line-height:1.5;color:#4a4a4a;';
const LINK = 'color:#0b4f9e;text-decoration:underline;';
const CARD = 'border-top:1px solid #c9ced6;padding:20px 0 4px 0;';
const BADGE = 'background:#e6eef8;color:#0b3d7a;font-size:13px;font-weight:bold;padding:2px 8px;';
const BANNER = 'background:#8a1c1c;color:#ffffff;font-weight:bold;padding:12px 16px;margin:0 0 16px 0;';
const QUOTE = 'margin:8px 0 12px 0;padding:4px 0 4px 12px;border-left:3px solid #9aa7b8;color:#333333;';
const H2 = 'font-size:18px;line-height:1.35;margin:4px 0;color:#0b2f5c;';
const MARK = 'background:#fff0a8;color:#1a1a1a;font-weight:bold;';

/** The mail as a page: one column of at most 640 pixels, nothing loaded from outside, readable by a screen reader. */
export function digestHtml(view: DigestView): string {
  const texts = textsIn(view.language);
  return html`<!DOCTYPE html>
<html lang="${view.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${view.subject}</title>
</head>
<body style="margin:0;padding:0;background:#ffffff;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center">
<table role="presentation" width="640" cellpadding="0" cellspacing="0" border="0"
 style="width:100%;max-width:640px;text-align:left;"><tr><td style="padding:24px 16px;${FONT}">
${view.banner ? html`<p style="${BANNER}">${view.banner}</p>` : null}
<h1 style="font-size:22px;line-height:1.3;margin:0 0 16px 0;color:#0b2f5c;">${view.heading}</h1>
<p style="margin:0 0 12px 0;">${view.greeting}</p>
${view.intro.map((p) => html`<p style="margin:0 0 12px 0;">${p}</p>\n`)}
${view.items.map((item) => itemHtml(item, texts))}
${view.coming ? html`<div style="${CARD}"><h2 style="${H2}">${view.coming.heading}</h2>
${view.coming.items.map(comingHtml)}</div>` : null}
${view.more ? html`<p style="${CARD}">${view.more}</p>` : null}
${footHtml(view)}
</td></tr></table>
</td></tr></table>
</body>
</html>
`.markup;
}

function itemHtml(item: ItemView, texts: Texts): Html {
  return html`<div style="${CARD}">
${item.badge ? html`<span style="${BADGE}">${item.badge}</span>` : null}
<h2 style="${H2}">${item.number}.
<span lang="${item.language}">${item.title}</span></h2>
${item.identifier ? html`<p style="margin:0 0 8px 0;${SMALL}">${item.identifier}</p>` : null}
${changesHtml(item)}
<p style="margin:0 0 8px 0;">${item.reason}</p>
${item.passage ? passageHtml(item.passage, item.language, texts) : null}
<table cellpadding="0" cellspacing="0" border="0" style="margin:0 0 12px 0;${FONT}font-size:15px;">
${item.facts.map(factHtml)}</table>
${item.link ? html`<p style="margin:0 0 12px 0;">${linkHtml(item.link)}</p>` : null}
</div>
`;
}

function comingHtml({ title, language, facts, link }: ComingView): Html {
  return html`<p style="margin:8px 0;"><strong lang="${language}">${title}</strong><br>${facts}${link ? html`<br>${linkHtml(link)}` : null}</p>
`;
}

function factHtml({ label, value }: Fact): Html {
  return html`<tr>
<th scope="row" align="left" valign="top" style="padding:2px 12px 2px 0;font-weight:bold;white-space:nowrap;">${label}</th>
<td valign="top" style="padding:2px 0;">${value}</td>
</tr>
`;
}

function changesHtml({ changes }: ItemView): Html | null {
  if (!changes.lines.length) return null;
  return html`<p style="margin:0;font-weight:bold;">${changes.label}</p>
<ul style="margin:4px 0 12px 0;padding:0 0 0 20px;">${changes.lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

function passageHtml({ before, found, after }: Passage, language: string, { quotes }: Texts): Html {
  const said = html`<span lang="${language}">${before}<mark style="${MARK}">${found}</mark>${after}</span>`;
  return html`<blockquote style="${QUOTE}">${quotes.open}${said}${quotes.close}</blockquote>`;
}

function linkHtml(link: Link): Html {
  return html`<a href="${link.url}" style="${LINK}">${link.label}</a>`;
}

function footHtml(view: DigestView): Html {
  return html`<div style="${CARD}${SMALL}">
${view.inbox && html`<p style="margin:0 0 12px 0;">${linkHtml(view.inbox)}</p>`}<h2 style="font-size:15px;margin:0 0 4px 0;color:#333333;">${view.sources.heading}</h2>
<ul style="margin:0 0 12px 0;padding:0 0 0 20px;">${view.sources.lines.map((line) => html`<li>${line}</li>`)}</ul>
<p style="margin:0 0 8px 0;">${view.why}</p>
<p style="margin:0;">${linkHtml(view.unsubscribe)}</p>
</div>`;
}
