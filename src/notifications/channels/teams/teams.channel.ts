import type { Message, Rendered } from '../../domain/content/message.js';
import { type Box, type Card, renderCard, type Run } from '../_kit/card.js';
import { messages } from '../../../i18n/message.js';
import { defineChannel } from '../../domain/delivery/channel.js';
import { WEB_WAITS } from '../../../outbox/domain/tries.js';
import { judgeChat, post, WebAddress } from '../_kit/post.js';

/** The subset of Adaptive Cards 1.5 that we use (adaptivecards.io/explorer). */
export interface TextRun {
  type: 'TextRun';
  text: string;
  weight?: 'Bolder';
  size?: 'Small' | 'Medium' | 'Large';
  color?: 'Good' | 'Warning' | 'Attention';
  isSubtle?: true;
  italic?: true;
  highlight?: true;
  strikethrough?: true;
  underline?: true;
  selectAction?: OpenUrl;
}
/** Not a TextBlock: that renders Markdown, so external text could create links. */
interface RichTextBlock {
  type: 'RichTextBlock';
  inlines: TextRun[];
  spacing: 'Small';
}
interface OpenUrl {
  type: 'Action.OpenUrl';
  title?: string;
  url: string;
}
export interface Container {
  type: 'Container';
  separator?: true;
  spacing: 'Medium';
  style?: 'emphasis' | 'attention';
  items: RichTextBlock[];
}
export interface AdaptiveCard {
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  type: 'AdaptiveCard';
  version: '1.5';
  lang: string;
  fallbackText: string;
  msteams: { width: 'Full' };
  body: Container[];
  actions: OpenUrl[];
}
/** The format that the workflow trigger "When a Teams webhook request is received" accepts. */
interface TeamsMessage {
  type: 'message';
  attachments: {
    contentType: 'application/vnd.microsoft.card.adaptive';
    contentUrl: null;
    content: AdaptiveCard;
  }[];
}

/** Teams refuses messages above 28 KB, and a workflow adds a wrapper. */
const MOST_BYTES = 26_000;

export const renderTeams = (message: Message): Rendered =>
  renderCard(
    message,
    messageOf,
    (posted) => new TextEncoder().encode(JSON.stringify(posted)).length <= MOST_BYTES,
  );

function messageOf({ language, fallback, boxes, links }: Card): TeamsMessage {
  const content: AdaptiveCard = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    lang: language,
    fallbackText: fallback,
    msteams: { width: 'Full' },
    body: boxes.map(containerOf),
    actions: links.map(({ label, url }) => ({ type: 'Action.OpenUrl', title: label, url })),
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}

const containerOf = ({ lines, separated, style }: Box): Container => ({
  type: 'Container',
  spacing: 'Medium',
  ...(separated && { separator: true }),
  ...(style && { style }),
  items: lines.map((runs) => ({ type: 'RichTextBlock', inlines: runs.map(textRunOf), spacing: 'Small' })),
});

const capital = <T extends string>(word: T): Capitalize<T> =>
  (word[0]!.toUpperCase() + word.slice(1)) as Capitalize<T>;

const textRunOf = ({
  text,
  bold,
  size,
  tone,
  subtle,
  italic,
  highlight,
  struck,
  underlined,
  url,
}: Run): TextRun => ({
  type: 'TextRun',
  text,
  ...(bold && { weight: 'Bolder' }),
  ...(size && { size: capital(size) }),
  ...(tone && { color: capital(tone) }),
  ...(subtle && { isSubtle: true }),
  ...(italic && { italic: true }),
  ...(highlight && { highlight: true }),
  ...(struck && { strikethrough: true }),
  ...(underlined && { underline: true }),
  ...(url !== undefined && { selectAction: { type: 'Action.OpenUrl', url } }),
});

export const TEXTS = messages({
  name: { en: 'Teams', fr: 'Teams' },
  way: { en: 'in Microsoft Teams', fr: 'dans Microsoft Teams' },
  found: {
    en: 'In Teams: the channel’s menu > Workflows > “Send webhook alerts to a channel”.',
    fr: 'Dans Teams\u00a0: menu du canal > Flux de travail > «\u00a0Envoyer des alertes de webhook à un canal\u00a0».',
  },
});

/** Microsoft Teams, through a workflow of a chat or channel: "when a Teams webhook request is received". */
export const channel = defineChannel({
  id: 'teams',
  name: TEXTS.name,
  offer: { way: TEXTS.way, found: TEXTS.found },
  address: WebAddress,
  signs: false,
  frequency: 'weekly',
  waits: WEB_WAITS,
  render: renderTeams,
  send: (outgoing, { fetcher }) => post(outgoing, {}, fetcher, judgeChat('TeamsRefused')),
});
