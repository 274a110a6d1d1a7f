import type { Message, Rendered } from '../../domain/content/message.js';
import { type Box, type Card, renderCard, type Run } from '../_kit/card.js';
import { messages } from '../../../i18n/message.js';
import { defineChannel } from '../../domain/delivery/channel.js';
import { WEB_WAITS } from '../../../outbox/domain/tries.js';
import { judgeChat, post, WebAddress } from '../_kit/post.js';

/**
 * The subset of Block Kit that we use (docs.slack.dev/reference/block-kit). Rich text alone: a section or a
 * context of `mrkdwn` would make links and mentions of what stands in a call.
 */
type Style = { bold?: true; italic?: true; strike?: true };
export type RichTextElement =
  { type: 'text'; text: string; style?: Style } | { type: 'link'; url: string; text: string; style?: Style };
interface RichText {
  type: 'rich_text';
  elements: { type: 'rich_text_section'; elements: RichTextElement[] }[];
}
export type Block = RichText | { type: 'divider' };
export interface SlackMessage {
  text: string;
  blocks: Block[];
  unfurl_links: false;
  unfurl_media: false;
}

/** Published: 50 blocks a message. */
const MOST_BLOCKS = 50;
/**
 * Not published: since 2025 a message is refused (`msg_blocks_too_long`) from some 13,200 characters of all
 * blocks on, their own names included (slackapi/bolt-js, issues 2509 and 2867).
 */
const MOST_LETTERS = 12_000;

export const renderSlack = (message: Message): Rendered =>
  renderCard(
    message,
    messageOf,
    ({ blocks }) => blocks.length <= MOST_BLOCKS && JSON.stringify(blocks).length <= MOST_LETTERS,
  );

function messageOf({ fallback, boxes, links }: Card): SlackMessage {
  const actions: Box = {
    lines: [
      links.flatMap(({ label, url }, i): Run[] => [...(i ? [{ text: ' · ' }] : []), { text: label, url }]),
    ],
  };
  return {
    // For notifications and screen readers. It alone is read as `mrkdwn`, with these three letters escaped.
    text: fallback.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    blocks: [...boxes, ...(links.length ? [actions] : [])].flatMap(blocksOf),
    unfurl_links: false,
    unfurl_media: false,
  };
}

function blocksOf({ lines, separated }: Box, place: number): Block[] {
  const elements = lines.flatMap((runs, i): RichTextElement[] => [
    ...(i ? [{ type: 'text', text: '\n' } as const] : []),
    // Slack refuses a message with an empty piece.
    ...runs.filter(({ text }) => text !== '').map(elementOf),
  ]);
  const block: RichText = { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
  return separated && place > 0 ? [{ type: 'divider' }, block] : [block];
}

/** Slack has neither sizes nor colours: what is large, was found or was added is bold. */
function elementOf({ text, bold, size, italic, highlight, struck, underlined, url }: Run): RichTextElement {
  const style: Style = {
    ...((bold || size === 'large' || highlight || underlined) && { bold: true }),
    ...(italic && { italic: true }),
    ...(struck && { strike: true }),
  };
  const look = Object.keys(style).length ? { style } : {};
  return url === undefined ? { type: 'text', text, ...look } : { type: 'link', url, text, ...look };
}

export const TEXTS = messages({
  name: { en: 'Slack', fr: 'Slack' },
  way: { en: 'in Slack', fr: 'dans Slack' },
  found: {
    en: 'At api.slack.com/apps: an app of yours > Incoming Webhooks > “Add New Webhook to Workspace”, and choose the channel.',
    fr: 'Sur api.slack.com/apps\u00a0: votre application > Incoming Webhooks > «\u00a0Add New Webhook to Workspace\u00a0», puis choisissez le canal.',
  },
});

/**
 * Slack, through an incoming webhook of one of its channels. What it answers: 404 `no_service` (removed or
 * switched off) or `channel_not_found`, 410 `channel_is_archived`, 403 `action_prohibited`, 400
 * `invalid_payload`, 429 with Retry-After (one message a second).
 */
export const channel = defineChannel({
  id: 'slack',
  name: TEXTS.name,
  offer: { way: TEXTS.way, found: TEXTS.found },
  address: WebAddress,
  signs: false,
  frequency: 'weekly',
  waits: WEB_WAITS,
  render: renderSlack,
  send: (outgoing, { fetcher }) => post(outgoing, {}, fetcher, judgeChat('SlackRefused')),
});
