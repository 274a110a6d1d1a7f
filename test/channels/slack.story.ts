import {
  type Block,
  channel,
  renderSlack,
  type RichTextElement,
  type SlackMessage,
} from '../../src/notifications/channels/slack/slack.channel.js';
import type { Change } from '../../src/calls/domain/versions/diff.js';
import type { Message } from '../../src/notifications/domain/content/message.js';
import { renderMail } from '../../src/notifications/domain/content/render-mail.js';
import {
  hostile,
  largest,
  opening,
  reminder,
  told,
  urgent,
  weekly,
} from '../support/notifications/sample-messages.js';
import { tellable } from '../support/notifications/sample-calls-to-tell.js';
import { chatSuite } from './chat-suite.js';

const LANGUAGES = ['fr', 'en'] as const;
const posted = (message: Message): SlackMessage => JSON.parse(renderSlack(message).payload!);
const elements = (blocks: Block[]): RichTextElement[] =>
  blocks.flatMap((b) => (b.type === 'divider' ? [] : b.elements.flatMap((e) => e.elements)));
const said = ({ blocks }: SlackMessage): string =>
  elements(blocks)
    .map((e) => e.text)
    .join('');

describe('the channel of Slack', () => {
  chatSuite(channel, JSON.stringify({ text: 'one', blocks: [] }));

  it('takes the address of an incoming webhook', () => {
    const address = 'https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX';
    expect(channel.address.parse(address)).toBe(address);
  });
});

describe('a message in Slack', () => {
  it('says what the mail says', () => {
    const sent = urgent('en');
    const message = posted(sent);
    for (const part of [
      'Deadline brought forward',
      '• Deadline: 14 October 2026, 17:00 (Brussels), 20 days earlier (before: 3 November 2026',
      'Fits Carnot LISA: 78 out of 100 (strong)',
      'Budget: €18 million',
      'You receive this because you follow Carnot LISA.',
      'The next digest will be sent on Monday',
    ])
      expect(said(message)).toContain(part);
    expect(message.text).toBe(renderMail(sent).subject);
    expect(renderSlack(sent)).toMatchObject({ html: null, text: renderMail(sent).text });
  });

  it('keeps to what Slack takes, whatever is in it: what has no room is counted, and there is a way to it', () => {
    for (const make of [opening, weekly, urgent, hostile, largest, (l: 'fr' | 'en') => largest(l, 60)])
      for (const language of LANGUAGES) {
        const { blocks, text, ...rest } = posted(make(language));
        expect(blocks.length).toBeLessThanOrEqual(50);
        expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(12_000);
        expect(text.length).toBeGreaterThan(0);
        expect(elements(blocks).filter((e) => e.text === '')).toEqual([]);
        expect(rest).toEqual({ unfurl_links: false, unfurl_media: false });
      }
    const message = posted(largest('en', 60));
    expect(said(message)).toMatch(/And \d+ more calls in this message/);
    expect(elements(message.blocks).some((e) => e.type === 'link' && e.url.endsWith('/inbox'))).toBe(true);
  });

  it('shows of lists that have no room together as many as fit, and names the others', () => {
    const title = 'A topic with a title as long as those that the portal has, and all that it is about';
    const call = tellable({ title, callIdentifier: null });
    const opened: Change = { kind: 'opened', field: 'sourceStatus', from: 'forthcoming', to: 'open' };
    const item = told(call, { changes: [opened] });
    const message = posted({
      ...weekly('en'),
      items: Array.from({ length: 12 }, () => item),
      reminders: Array.from({ length: 12 }, () => reminder(call)),
      glance: Array.from({ length: 12 }, () => item),
      coming: Array.from({ length: 5 }, () => item),
    });
    expect(JSON.stringify(message.blocks).length).toBeLessThanOrEqual(12_000);
    expect(said(message)).toMatch(/Now open[\s\S]*Upcoming deadlines/);
    expect(said(message)).toMatch(/no room here for: .*Sources in trouble/);
  });

  it('makes of nothing from outside a link, a mention of everybody, or bold letters', () => {
    const loud = '<!channel> <!everyone|all> <@U1> *bold* <https://evil.example|click> & @here';
    const message: Message = { ...weekly('en'), items: weekly('en').items.slice(0, 1) };
    const call = { ...message.items[0]!.call, title: loud };
    const { text, blocks } = posted({ ...message, items: [{ ...message.items[0]!, call }] });
    expect(new Set(blocks.map((b) => b.type))).toEqual(new Set(['rich_text', 'divider']));
    // Rich text is shown letter by letter; of the text beside it, Slack reads what stands between < and >.
    expect(
      elements(blocks)
        .filter((e) => e.text.includes('<!channel>'))
        .map((e) => e.type),
    ).toEqual(expect.arrayContaining(['text']));
    expect(text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
    for (const make of [hostile(), message])
      expect(
        elements(posted(make).blocks).flatMap((e) =>
          e.type === 'link' && !e.url.startsWith('https://carnot.example/') ? [e.url] : [],
        ),
      ).toEqual(make === message ? [expect.stringMatching(/^https:\/\/ec\.europa\.eu\//)] : []);
  });

  it('shows a difference without colours', () => {
    const changed = elements(posted({ ...weekly('en'), items: weekly('en').items.slice(4, 5) }).blocks);
    expect(changed.filter((e) => e.style?.strike).map((e) => e.text)).toEqual(['5', '45']);
    expect(changed.filter((e) => e.style?.bold).map((e) => e.text)).toContain('40');
  });
});
