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
export interface RichTextBlock {
  type: 'RichTextBlock';
  inlines: TextRun[];
  spacing?: 'None' | 'Small' | 'Medium';
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

export interface Card {
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
export interface TeamsMessage {
  type: 'message';
  attachments: { contentType: 'application/vnd.microsoft.card.adaptive'; contentUrl: null; content: Card }[];
}

export const run = (text: string, look: Omit<TextRun, 'type' | 'text'> = {}): TextRun => ({
  type: 'TextRun',
  text,
  ...look,
});
export const line = (...inlines: TextRun[]): RichTextBlock => ({
  type: 'RichTextBlock',
  inlines,
  spacing: 'Small',
});
export const linkRun = ({ label, url }: { label: string; url: string }): TextRun =>
  run(label, { selectAction: { type: 'Action.OpenUrl', url } });
export const box = (items: RichTextBlock[], look: Partial<Container> = {}): Container => ({
  type: 'Container',
  spacing: 'Medium',
  ...look,
  items,
});
