import {
  type AdaptiveCard as Card,
  type Container,
  renderTeams,
  type TextRun,
} from '../../src/notifications/channels/teams/teams.channel.js';
import type { Message } from '../../src/notifications/domain/content/message.js';
import { renderMail } from '../../src/notifications/domain/content/render-mail.js';
import { hostile, largest, opening, urgent, weekly } from '../support/notifications/sample-messages.js';

const LIMIT = 28 * 1024;
const LANGUAGES = ['fr', 'en'] as const;
const cardOf = (m: Message): Card => JSON.parse(renderTeams(m).payload!).attachments[0].content;
const runs = (card: Card): TextRun[] =>
  card.body.flatMap((c: Container) => c.items.flatMap((i) => i.inlines));
const said = (card: Card): string =>
  card.body.flatMap((c) => c.items.map((i) => i.inlines.map((r) => r.text).join(''))).join('\n');

describe('a message in Teams', () => {
  it('is what the workflow behind a webhook takes', () => {
    const week = weekly('en');
    const { payload, html, text, subject } = renderTeams(week);
    const posted = JSON.parse(payload!);
    expect(posted).toMatchObject({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: { type: 'AdaptiveCard', version: '1.5', lang: 'en' },
        },
      ],
    });
    expect([html, text, subject]).toEqual([null, renderMail(week).text, renderMail(week).subject]);
  });

  it('says what the mail says', () => {
    const card = cardOf(urgent('en'));
    for (const part of [
      'Deadline brought forward',
      '• Deadline: 14 October 2026, 17:00 (Brussels), 20 days earlier (before: 3 November 2026',
      'Fits Carnot LISA: 78 out of 100 (strong)',
      'Budget: €18 million',
      'You receive this because you follow Carnot LISA.',
      'The next digest will be sent on Monday',
    ]) {
      expect(said(card)).toContain(part);
    }
    // Of one call, whose sentence quoted above the reason repeats nothing.
    const quoting = cardOf({ ...weekly('en'), items: [{ ...weekly('en').items[0]!, summary: null }] });
    expect(
      runs(quoting)
        .filter((r) => r.highlight)
        .map((r) => r.text),
    ).toEqual(['enzymes']);
    const changed = runs(cardOf({ ...weekly('en'), items: weekly('en').items.slice(4, 5) }));
    expect([
      changed.filter((r) => r.strikethrough).map((r) => r.text),
      changed
        .filter((r) => r.underline)
        .map((r) => r.text)
        .at(-1),
    ]).toEqual([['5', '45'], '40']);
  });

  it('says once what a mark on a deadline means whose time was not told', () => {
    for (const make of [weekly, largest])
      expect(said(cardOf(make('en'))).match(/time not stated/gi)).toHaveLength(1);
    expect(said(cardOf(urgent('en')))).not.toMatch(/time not stated/i);
  });

  it('holds a week whole, in short', () => {
    for (const language of LANGUAGES) {
      const card = cardOf(weekly(language));
      for (const { call } of weekly(language).items)
        expect(said(card).replaceAll('\u00a0', ' ')).toContain(call.title.slice(0, 60));
    }
  });

  it('stays below what Teams takes, whatever is in it: what has no room is counted, and there is a way to it', () => {
    for (const make of [opening, weekly, urgent, hostile, largest, (l: 'fr' | 'en') => largest(l, 60)])
      for (const language of LANGUAGES) {
        expect(Buffer.byteLength(renderTeams(make(language)).payload!)).toBeLessThan(LIMIT);
      }
    const card = cardOf(largest('en', 60));
    const shown = card.body.filter((c) =>
      c.items.some((i) => i.inlines.some((r) => r.text.startsWith('Late extension'))),
    ).length;
    expect(said(card)).toContain(`And ${60 - shown} more calls in this message`);
    expect(runs(card).some((r) => r.selectAction?.url.endsWith('/inbox'))).toBe(true);
  });

  it('reads nothing from outside as Markdown or as a link', () => {
    const card = cardOf(hostile());
    expect(new Set(card.body.flatMap((c) => c.items.map((i) => i.type)))).toEqual(new Set(['RichTextBlock']));
    const links = [
      ...runs(card).flatMap((r) => (r.selectAction ? [r.selectAction.url] : [])),
      ...card.actions.map((a) => a.url),
    ];
    expect(links.filter((url) => !url.startsWith('https://carnot.example/'))).toEqual([]);
    expect(runs(card).filter((r) => r.text === '')).toEqual([]);
  });

  it('leads to what one can do', () => {
    expect(cardOf(urgent('fr')).actions.map((a) => a.title)).toEqual([
      'Trier les appels, les proposer à des chercheurs',
      'Réglages des notifications\u00a0: quoi, quand et où',
      'Se désabonner',
    ]);
    expect(cardOf({ ...urgent('fr'), inboxUrl: null }).actions).toHaveLength(2);
  });
});
