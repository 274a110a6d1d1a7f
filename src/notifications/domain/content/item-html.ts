import { type Piece, type Fact, textsIn } from '../../../calls/domain/index.js';
import type { Language } from '../../../kernel/language.js';
import type { ChangeView } from '../facts/change-view.js';
import { html, type Html } from '../../../outbox/domain/index.js';
import type { Badge, ItemView, Link } from './item-view.js';
import type { GroupView } from './message-groups.js';
import { messageWords } from '../texts/message-words-in.js';
import type { Passage } from '../../../matching/domain/index.js';

// Contrast is at least 4.5 : 1 (WCAG AA), in the light and in the dark.
const SMALL = 'font-size:14px;color:#4b5a60;';
const TITLE = 'margin:6px 0 2px 0;font-size:18px;line-height:1.35;';
const MARK = 'background:#fff0b8;color:#17211f;';
const QUOTE =
  'border-left:3px solid #7b8a91;padding:2px 0 2px 12px;color:#333d41;font-size:15px;line-height:1.5;';
const LABEL = 'padding:1px 12px 1px 0;font-weight:bold;white-space:nowrap;';
const TONES: Record<Badge['tone'], string> = {
  urgent: 'background:#a3211b;color:#ffffff;',
  fresh: 'background:#1c6b3a;color:#ffffff;',
  changed: 'background:#8a4b00;color:#ffffff;',
  baseline: 'background:#4b5a60;color:#ffffff;',
};

/** A call as a row of the mail. Under a heading its own is one lower. */
export function itemRow(item: ItemView, group: GroupView, style: string, language: Language): Html {
  const name = html`${item.number === null ? '' : `${item.number}. `}<span lang="${item.language}" dir="auto">${item.title}</span>`;
  return html`<tr><td class="s" style="${style}">
${item.badges.length ? html`<p style="margin:0;">${item.badges.map(badgeHtml)}</p>` : null}
${group.heading === null ? html`<h2 style="${TITLE}">${name}</h2>` : html`<h3 style="${TITLE}">${name}</h3>`}
${item.identifier === null ? null : html`<p class="m" style="margin:0 0 8px 0;${SMALL}">${item.identifier}</p>`}
${changesHtml(item, language)}
${item.fit.map((line, i) => html`<p style="margin:${i ? '0' : '8px'} 0 2px 0;${i ? 'font-size:15px;' : 'font-weight:bold;'}">${line}</p>`)}
${item.reason === null ? null : html`<p style="margin:0 0 8px 0;">${item.reason}</p>`}
${item.passage && passageHtml(item.passage, item.language, language)}
${factsHtml(item.facts)}
${item.because === null ? null : html`<p class="m" style="margin:8px 0 0 0;${SMALL}">${item.because}</p>`}
<p style="margin:8px 0 0 0;">${linkHtml(item.page)}${item.source && html` &nbsp;·&nbsp; ${linkHtml(item.source)}`}</p>
</td></tr>
`;
}

/** Word pads no words: no-break spaces do it there. */
const badgeHtml = ({ tone, label }: Badge): Html =>
  html`<span style="${TONES[tone]}font-size:13px;font-weight:bold;padding:2px 4px;border-radius:3px;">&nbsp;${label}&nbsp;</span> `;

export const linkHtml = ({ label, url }: Link): Html =>
  html`<a class="a" href="${url}" style="color:#0b5c6b;">${label}</a>`;

export const factsHtml = (
  facts: Fact[],
): Html => html`<table class="f" cellpadding="0" cellspacing="0" border="0" style="margin:6px 0 0 0;font-size:15px;line-height:1.45;">
${facts.map(
  ({
    label,
    value,
  }) => html`<tr><th scope="row" align="left" valign="top" style="${LABEL}">${label}</th><td valign="top">${value}</td></tr>
`,
)}</table>`;

function changesHtml({ changes, rest }: ItemView, language: Language): Html | null {
  const words = messageWords(language);
  if (!changes.length) return null;
  return html`<p style="margin:4px 0 0 0;font-weight:bold;">${words.changes}</p>
<ul style="margin:2px 0 8px 0;padding:0 0 0 20px;">${changes.map(changeHtml)}${rest && html`<li>${linkHtml(rest)}</li>`}</ul>`;
}

function changeHtml({ sentence, differences }: ChangeView): Html {
  const shown = differences.map(
    (pieces) =>
      html`<br><span class="q" style="color:#333d41;font-size:15px;">${pieces.map(pieceHtml)}</span>`,
  );
  return html`<li style="margin:0 0 6px 0;">${sentence}${shown}</li>
`;
}

function pieceHtml({ op, text }: Piece): Html {
  if (op === 'same') return html`${text}`;
  return op === 'removed'
    ? html`<del class="del" style="color:#8a1c1c;text-decoration:line-through;">${text}</del>`
    : html`<ins class="ins" style="color:#1c6b3a;text-decoration:underline;font-weight:bold;">${text}</ins>`;
}

function passageHtml({ before, found, after }: Passage, spoken: string, language: Language): Html {
  const { quotes } = textsIn(language);
  const said = html`<span lang="${spoken}" dir="auto">${before}<strong class="k" style="${MARK}">${found}</strong>${after}</span>`;
  return html`<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 8px 0;"><tr><td class="q" style="${QUOTE}">${quotes.open}${said}${quotes.close}</td></tr></table>`;
}
