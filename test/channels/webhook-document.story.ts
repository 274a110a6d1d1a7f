import { z } from 'zod';
import { renderWebhook } from '../../src/notifications/channels/webhook/webhook.channel.js';
import { WebhookDocument } from '../../src/notifications/channels/webhook/webhook-document.js';
import type { Message } from '../../src/notifications/domain/content/message.js';
import { renderMail } from '../../src/notifications/domain/content/render-mail.js';
import { hostile, largest, opening, urgent, weekly } from '../support/notifications/sample-messages.js';

const LANGUAGES = ['fr', 'en'] as const;
const documentOf = (m: Message): WebhookDocument =>
  WebhookDocument.parse(JSON.parse(renderWebhook(m).payload!));

/** The lists of values of the first version of v1: those that may grow within it, and those that never do. */
const V1 = {
  grow: {
    type: ['carnot.first.v1', 'carnot.digest.v1', 'carnot.urgent.v1'],
    'data.language': ['fr', 'en'],
    'data.follows.*.kind': ['profile', 'group', 'call', 'search'],
    'data.items.*.news': ['new', 'changed', 'told-late'],
    'data.items.*.urgency': ['brought-forward', 'extended-late', 'withdrawn', 'short-notice'],
    'data.items.*.call.kind': ['grant', 'cascade', 'external-action'],
    'data.items.*.call.deadlines.*.kind': ['single', 'stage-1', 'stage-2', 'cut-off'],
    'data.items.*.changes.*.kind': [
      'new',
      'opened',
      'extended',
      'forward',
      'opening',
      'closed',
      'withdrawn',
      'reappeared',
      'budget',
      'text',
      'conditions',
      'notice',
      'identity',
      'details',
    ],
    'data.answers.*.answer': ['interested', 'not-for-me', 'ask-other'],
    'data.sources.*.state': [
      'new',
      'healthy',
      'doubtful',
      'broken',
      'blocked',
      'refused',
      'throttled',
      'unreachable',
      'quiet',
    ],
  },
  never: {
    'data.items.*.call.status': ['forthcoming', 'open', 'closed', 'withdrawn'],
    'data.items.*.fits.*.band': ['strong', 'possible', 'uncertain', 'weak'],
    'data.items.*.changes.*.difference.*.op': ['same', 'removed', 'added'],
    'data.partners.*.searches.*.wants': ['offer', 'request'],
  },
};

interface Schema {
  type?: string;
  enum?: string[];
  'x-extensible-enum'?: string[];
  description?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  const?: unknown;
}

/** Returns every place of a document in its schema. */
function placesIn(schema: Schema, path: string[] = []): [string, Schema][] {
  return [
    [path.join('.'), schema],
    ...(schema.anyOf ?? []).flatMap((one) => placesIn({ description: schema.description!, ...one }, path)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, one]) => placesIn(one, [...path, name])),
    ...(schema.items ? placesIn(schema.items, [...path, '*']) : []),
  ];
}
/** Lists that stand in several places are named by the first. */
const FIRST: [RegExp, string][] = [
  [/(^|\.)(call|deadline)\.(kind|status|deadlines)/, ''],
  [/^data\.deadlines\.\*\.deadline\.kind$/, 'data.items.*.call.deadlines.*.kind'],
  [/\.because\.\*\.kind$/, 'data.follows.*.kind'],
  [/^data\.troubles\.\*\.state$/, 'data.sources.*.state'],
];

describe('the lists of values of version 1 for programs', () => {
  const { $defs } = z.toJSONSchema(WebhookDocument) as unknown as { $defs: Record<string, Schema> };
  const places = placesIn($defs['WebhookDocument']!);
  /** The values of each list by its place, without repeating those of a call. */
  const lists = (key: 'enum' | 'x-extensible-enum'): Record<string, string[]> =>
    Object.fromEntries(
      places.flatMap(([path, schema]) => {
        if (!schema[key]) return [];
        const inCall = /\bcall\.(?<rest>.*)$/.exec(path)?.groups!['rest'];
        const place = inCall
          ? `data.items.*.call.${inCall}`
          : (FIRST.find(([form]) => form.test(path))?.[1] ?? path);
        return [[place, schema[key]]];
      }),
    );

  it('say of each whether it may grow, and what a receiver does with a value that it does not know', () => {
    const growing = lists('x-extensible-enum');
    expect(Object.keys(growing).sort()).toEqual(expect.arrayContaining(Object.keys(V1.grow).sort()));
    for (const [path, schema] of places.filter(([, s]) => s['x-extensible-enum']))
      expect({ path, says: schema.description }).toEqual({
        path,
        says: expect.stringMatching(/may grow.*unknown/),
      });
  });

  it('only grow where they may, from the values of 1.0.0 on', () => {
    for (const [place, values] of Object.entries(lists('x-extensible-enum')))
      expect({ place, values }).toEqual({
        place,
        values: expect.arrayContaining(V1.grow[place as keyof typeof V1.grow] ?? []),
      });
  });

  it('are otherwise those of 1.0.0 for ever', () => {
    expect(lists('enum')).toEqual(V1.never);
    // One word alone would be a list of one.
    expect(places.filter(([, schema]) => schema.const !== undefined)).toEqual([]);
  });

  it('include every text that is called a kind or a state', () => {
    const bare = places.filter(
      ([path, s]) =>
        /(^|\.)(kind|state|status|type|band|news|urgency|answer|wants|op)$/.test(path) &&
        s.type === 'string' &&
        !s.enum &&
        !s['x-extensible-enum'],
    );
    expect(bare.map(([path]) => path)).toEqual([]);
  });
});

describe('a message for programs', () => {
  it('is what its schema says, and holds nothing else', () => {
    for (const make of [opening, weekly, urgent, hostile, largest])
      for (const language of LANGUAGES) {
        const { payload } = renderWebhook(make(language));
        expect(documentOf(make(language)).type).toBe(`carnot.${make(language).kind}.v1`);
        // Parsing drops anything that the schema does not define.
        const parsed = JSON.parse(payload!);
        expect(WebhookDocument.parse(parsed)).toEqual(parsed);
      }
  });

  it('is the same for the same message', () => {
    const m = weekly('en');
    expect(renderWebhook(m).payload).toBe(renderWebhook(m).payload);
    expect(renderWebhook(m)).toMatchObject({
      html: null,
      text: renderMail(m).text,
      subject: renderMail(m).subject,
    });
  });

  it('tells facts as they are, in UTC and in Brussels time, and in words', () => {
    const { data, timestamp, id } = documentOf(weekly('en'));
    expect([timestamp, id]).toEqual(['2026-10-02T05:00:00.000Z', '7f1c6a52-4f1e-4b0e-9a63-2f6f5a3f0c11']);
    expect(data.items.map((i) => [i.news, i.fits[0]?.band ?? null])).toEqual([
      ['new', 'strong'],
      ['new', 'strong'],
      ['new', 'possible'],
      ['new', 'strong'],
      ['changed', 'strong'],
      ['told-late', 'possible'],
      ['new', null],
    ]);
    const [first] = data.items;
    expect(first!.call.deadlines).toEqual([
      {
        kind: 'stage-1',
        utc: '2026-11-03T16:00:00.000Z',
        brussels: '2026-11-03T17:00:00+01:00',
        timeTold: true,
        says: '3 November 2026, 17:00 (Brussels), stage 1',
      },
      {
        kind: 'stage-2',
        utc: '2027-04-14T15:00:00.000Z',
        brussels: '2027-04-14T17:00:00+02:00',
        timeTold: false,
        says: '14 April 2027 (time not stated; default: 17:00, Brussels time), stage 2',
      },
    ]);
    expect(first!.call).toMatchObject({
      status: 'open',
      programme: 'Horizon Europe (HORIZON)',
      callIdentifier: 'HORIZON-CL6-2026-CIRCBIO-01',
      budget: { currency: 'EUR', total: 18e6 },
    });
    expect(first!.reason).toContain('Fits your competence');
    expect(first!.passage!.found).toBe('enzymes');
    expect(data.deadlines.map((d) => d.daysLeft)).toEqual([2, 14, 60]);
    expect(data).toMatchObject({
      more: 4,
      held: 2,
      dailyLimit: 5,
      nextDigest: { utc: '2026-10-05T05:00:00.000Z', zone: 'Europe/Brussels' },
    });
  });

  it('tells what only some kinds of calls have, and leaves out what is not told', () => {
    const week = weekly('en');
    const first = week.items[0]!;
    const budget = {
      currency: 'NOK',
      total: null,
      expectedGrants: null,
      minContribution: null,
      maxContribution: null,
      years: [],
      asWritten: '1.2',
    };
    const beside = {
      kind: 'cascade' as const,
      parentTopic: { identifier: 'T-1', title: 'Above' },
      project: { acronym: 'RUN', name: null, id: '1' },
      duration: '9 months',
      documents: [
        { title: 'Guide', url: 'https://example.org/guide.pdf' },
        { title: 'None', url: 'javascript:alert(1)' },
      ],
    };
    const { call } = documentOf({
      ...week,
      items: [{ ...first, call: { ...first.call, ...beside, budget } }],
    }).data.items[0]!;
    expect(call).toMatchObject({
      ...beside,
      documents: beside.documents.slice(0, 1),
      budget: { currency: 'NOK', total: null, asWritten: '1.2' },
    });
    expect(documentOf(week).data.items[0]!.call).not.toHaveProperty('zones');
    expect(documentOf(week).data.items[0]!.call.kind).toBe('grant');
  });

  it('tells of texts the difference and of all else both states', () => {
    const { changes, says } = documentOf(weekly('en')).data.items[4]!;
    expect(changes.map((c) => [c.field, c.difference === null])).toEqual([
      ['deadlines', true],
      ['sections.Scope', false],
      ['sections.Conditions', false],
      ['budget', true],
    ]);
    expect(
      changes[1]!.difference!.filter((p) => p.op !== 'same').map((p) => `${p.op} ${p.text.trim()}`),
    ).toContain('added and engineered micro-organisms');
    expect(changes[3]!.to).toMatchObject({ total: 18e6 });
    expect(says).toContain('The text changed: Scope');
  });

  it('tells of a call that merely opened all that it tells of others', () => {
    const changes = [{ kind: 'opened' as const, field: 'sourceStatus', from: 'forthcoming', to: 'open' }];
    const week = weekly('en');
    const { items } = documentOf({ ...week, items: [{ ...week.items[0]!, changes }] }).data;
    expect(items).toMatchObject([
      {
        news: 'changed',
        says: ['The call has opened.'],
        reason: expect.stringContaining('Fits your competence') as string,
        passage: { found: 'enzymes' },
      },
    ]);
  });

  it('gives no address that is none', () => {
    expect(documentOf(hostile()).data.items[0]!.call.url).toBeNull();
    expect(() => renderWebhook({ ...weekly('en'), settingsUrl: 'javascript:alert(1)' })).toThrow(TypeError);
  });
});
