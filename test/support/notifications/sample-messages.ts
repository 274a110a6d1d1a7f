import { objectiveOf, summaryOf } from '../../../src/calls/domain/summary.js';
import type { CallContent } from '../../../src/calls/domain/call-content.js';
import { daysLeft } from '../../../src/kernel/brussels.js';
import type { Change } from '../../../src/calls/domain/versions/diff.js';
import {
  type AnswerItem,
  type Because,
  type CallItem,
  CALLS_ALONE,
  type Message,
  type ReminderItem,
} from '../../../src/notifications/domain/content/message.js';
import { alone, due, fitting, FORMER_SCOPE, french, tellable } from './sample-calls-to-tell.js';

const NOW = new Date('2026-10-02T05:00:00Z');
const SITE = 'https://carnot.example';

export const LISA: Because = {
  kind: 'profile',
  target: 'lisa',
  name: 'Carnot LISA (Lipides pour l’industrie et la santé)',
  through: null,
};
export const GLOBAL_CARE: Because = {
  kind: 'group',
  target: 'global-care',
  name: 'GLOBAL CARE',
  through: 'Institut Pasteur',
};
const SEARCH: Because = {
  kind: 'search',
  target: 's1',
  name: 'hydrogène ET pile à combustible',
  through: null,
};
const FOLLOWED: Because = { kind: 'call', target: 'c1', name: 'Bio-based surfactants', through: null };

/** Where the messages' reader decides. */
export const decideUrl: Message['decideUrl'] & {} = (verdict, callIds) =>
  `${SITE}/decide/${callIds.join('-')}.${verdict === 'relevant' ? 'r' : 'n'}`;

let made = 0;

/** Returns a call item: new to a follower of LISA unless overridden. */
export function told(call: CallContent, over: Partial<CallItem> = {}): CallItem {
  const id = `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`;
  const score = over.profiles?.[0]?.score ?? 78;
  return {
    callId: id,
    version: 1,
    call,
    binding: [],
    summary: summaryOf({ written: null, objective: objectiveOf(call), content: call }, 'fr'),
    total: 'topic',
    match: fitting(call, score, [
      ['Chimie des lipides biosourcés', 'enzymes'],
      ['Chimie des lipides biosourcés', 'lipid-rich side streams'],
    ]),
    profiles: [{ id: 'lisa', name: 'Carnot LISA', score }],
    because: [LISA],
    changes: [],
    baseline: false,
    urgency: null,
    pageUrl: `${SITE}/institutes/lisa/calls/${id}`,
    ...over,
  };
}

export const moved = (kind: 'extended' | 'forward', from: string, to: string): Change => ({
  kind,
  field: 'deadlines',
  from: [due(from)],
  to: [due(to)],
});
export const scopeChanged: Change = {
  kind: 'text',
  field: 'sections.Scope',
  from: FORMER_SCOPE,
  to: tellable().sections[0]!.text,
};
const conditions: Change = {
  kind: 'conditions',
  field: 'sections.Conditions',
  from: 'Eligible are legal entities of Member States and Associated Countries. Page limit: 45 pages.',
  to: 'Eligible are legal entities of Member States and Associated Countries, and of Canada. Page limit: 40 pages.',
};
const budgetChanged: Change = {
  kind: 'budget',
  field: 'budget',
  from: { ...tellable().budget, total: 12e6 },
  to: tellable().budget,
};

export function message(over: Partial<Message> = {}): Message {
  return {
    kind: 'digest',
    id: '7f1c6a52-4f1e-4b0e-9a63-2f6f5a3f0c11',
    language: 'en',
    name: 'Anne Martin',
    follows: [LISA],
    items: [],
    ...CALLS_ALONE,
    more: 0,
    held: 0,
    dailyLimit: 5,
    next: { at: new Date('2026-10-05T05:00:00Z'), zone: 'Europe/Brussels' },
    sources: [
      {
        name: 'EU Funding & Tenders Portal',
        lastGoodRunAt: new Date('2026-10-02T02:10:00Z'),
        state: 'healthy',
      },
      { name: 'ANR', lastGoodRunAt: new Date('2026-10-01T20:30:00Z'), state: 'healthy' },
      { name: 'Eureka, Eurostars', lastGoodRunAt: new Date('2026-09-27T02:00:00Z'), state: 'blocked' },
    ],
    inboxUrl: `${SITE}/institutes/lisa/inbox`,
    hasInbox: true,
    settingsUrl: `${SITE}/notification-preferences/Zm9vYmFyYmF6`,
    unsubscribeUrl: `${SITE}/unsubscribe/Zm9vYmFyYmF6`,
    decideUrl,
    sample: false,
    now: NOW,
    ...over,
  };
}

export function reminder(call: CallContent, deadline = call.deadlines[0]!): ReminderItem {
  return {
    callId: 'r1',
    call,
    deadline,
    daysLeft: daysLeft(NOW, deadline.at),
    score: 0,
    because: [LISA],
    pageUrl: `${SITE}/institutes/lisa/calls/r1`,
  };
}

const TOPICS = [
  'Bio-based surfactants and lubricants from lipid-rich side streams',
  'Enzymes for the circular textile industry',
  'Oleochemical platforms: from residues to high-value molecules',
];
const answer = (given: AnswerItem['answer'], researcher: string, word: string | null): AnswerItem => ({
  callId: 'a1',
  call: tellable(),
  researcher,
  answer: given,
  word,
  profileName: 'Carnot LISA',
  pageUrl: `${SITE}/institutes/lisa/calls/a1`,
});

/**
 * Returns a typical week: a family of topics, changes, late items, deadlines, answers, an unreadable source.
 */
export function weekly(language: Message['language']): Message {
  const family = TOPICS.map((title, i) =>
    told(tellable({ title, identifier: `HORIZON-CL6-2026-CIRCBIO-01-0${i + 4}` }), {
      profiles: [
        { id: 'lisa', name: 'Carnot LISA', score: 81 - 9 * i },
        ...(i
          ? []
          : [
              { id: '3bcar', name: 'Carnot 3BCAR', score: 72 },
              { id: 'cetim', name: 'CETIM', score: 44 },
            ]),
      ],
    }),
  );
  const changed = told(
    alone({
      identifier: 'CBE-2026-IA-02',
      title: 'Demonstrating bio-based lubricants at scale',
      deadlines: [due('2026-11-18T16:00:00.000Z')],
    }),
    {
      changes: [
        moved('extended', '2026-10-20T15:00:00.000Z', '2026-11-18T16:00:00.000Z'),
        scopeChanged,
        conditions,
        budgetChanged,
      ],
      because: [LISA, GLOBAL_CARE],
    },
  );
  const late = told(
    alone({
      title: 'EIC Pathfinder Open: مواد حيوية متقدمة and advanced biomaterials 🧪',
      deadlines: [due('2026-10-22T15:00:00.000Z', 'cut-off'), due('2027-03-04T16:00:00.000Z', 'cut-off')],
    }),
    {
      baseline: true,
      profiles: [{ id: 'pasteur', name: 'Institut Pasteur', score: 52 }],
      because: [GLOBAL_CARE],
    },
  );
  const searched = told(
    alone({ title: 'Clean hydrogen from residual fats', identifier: 'HORIZON-JU-CLEANH2-2026-02-01' }),
    { match: null, profiles: [], because: [SEARCH, FOLLOWED] },
  );
  return message({
    language,
    asked: { calls: 10, url: `${SITE}/institutes/lisa/untold` },
    follows: [LISA, GLOBAL_CARE, SEARCH],
    items: [...family, told(french()), changed, late, searched],
    more: 4,
    held: 2,
    reminders: [
      reminder(french({ deadlines: [due('2026-10-04T15:00:00.000Z', 'single', false)] })),
      reminder(tellable({ deadlines: [due('2026-10-16T15:00:00.000Z', 'stage-1')] })),
      reminder(
        alone({
          title: 'LIFE: standard action projects for nature and biodiversity',
          deadlines: [due('2026-12-01T16:00:00.000Z')],
        }),
      ),
    ],
    answers: [
      answer('interested', 'Marie Durand', 'Oui, avec l’équipe de Bordeaux ; je peux piloter un lot.'),
      answer('not-for-me', 'Paul Lefèvre', null),
    ],
    troubles: [
      {
        name: 'Eureka, Eurostars',
        state: 'blocked',
        since: new Date('2026-09-28T02:00:00Z'),
        lastGoodRunAt: new Date('2026-09-27T02:00:00Z'),
      },
    ],
  });
}

/** Returns the first message of a subscription. */
export function opening(language: Message['language']): Message {
  const best = [
    ...TOPICS.map((title, i) => told(tellable({ title, callIdentifier: `C${i}`, callTitle: null }))),
    told(french()),
    ...[...Array(5).keys()].map((i) => told(alone({ title: `${TOPICS[i % 3]}, part ${i + 1}` }))),
    told(
      alone({
        title: 'Novel oils for healthy food',
        sourceStatus: 'forthcoming',
        opensAt: '2026-12-10T00:00:00.000Z',
        deadlines: [due('2027-03-18T16:00:00.000Z')],
      }),
    ),
  ];
  return message({
    kind: 'first',
    language,
    items: best.map((item, i) => ({
      ...item,
      profiles: [{ id: 'lisa', name: 'Carnot LISA', score: 88 - 5 * i }],
    })),
    more: 23,
  });
}

/** Returns a message about a single urgent call. */
export function urgent(
  language: Message['language'],
  urgency: NonNullable<CallItem['urgency']> = 'brought-forward',
): Message {
  const call =
    language === 'fr'
      ? french({ deadlines: [due('2026-10-14T15:00:00.000Z')] })
      : alone({ deadlines: [due('2026-10-14T15:00:00.000Z')] });
  const changes: Record<typeof urgency, Change[]> = {
    'brought-forward': [moved('forward', '2026-11-03T16:00:00.000Z', '2026-10-14T15:00:00.000Z')],
    'extended-late': [moved('extended', '2026-10-06T15:00:00.000Z', '2026-10-14T15:00:00.000Z')],
    withdrawn: [{ kind: 'withdrawn', field: 'call', from: 'open', to: null }],
    'short-notice': [],
  };
  return message({ kind: 'urgent', language, items: [told(call, { urgency, changes: changes[urgency] })] });
}

const EVIL =
  '<script>alert(1)</script>"\' onclick=x [a](https://evil.example) **b**\r\nBcc: a@b.c \u202Eevil';

/** Returns a message in which all external text tries to be more than text. */
export function hostile(language: Message['language'] = 'en'): Message {
  const text = '<img src=x onerror=y> enzymes <b>bold</b>';
  const call = alone({
    title: EVIL,
    identifier: EVIL,
    typesOfAction: [EVIL],
    programme: { code: 'x', name: EVIL },
    url: 'javascript:alert(1)',
    sections: [{ kind: 'scope', title: EVIL, text }],
  });
  const item = told(call, {
    summary: summaryOf({ written: null, objective: EVIL, content: call }, 'en'),
    match: fitting(call, 70, [[EVIL, 'enzymes']]),
    profiles: [
      { id: 'x', name: EVIL, score: 70 },
      { id: 'y', name: EVIL, score: 60 },
    ],
    because: [
      { ...LISA, name: EVIL },
      { ...GLOBAL_CARE, name: EVIL, through: EVIL },
    ],
    changes: [
      { kind: 'text', field: `sections.${EVIL}`, from: `${EVIL} one`, to: `${EVIL} two` },
      { kind: 'text', field: 'title', from: EVIL, to: 'x' },
    ],
  });
  return message({
    language,
    name: EVIL,
    follows: [{ ...LISA, name: EVIL }],
    items: [item],
    reminders: [reminder(call)],
    answers: [{ ...answer('interested', EVIL, EVIL), call, profileName: EVIL }],
    troubles: [{ name: EVIL, state: 'broken', since: NOW, lastGoodRunAt: null }],
    sources: [{ name: EVIL, lastGoodRunAt: null, state: 'broken' }],
  });
}

/** Returns the largest possible message, with more of each item than is shown. */
export function largest(language: Message['language'], calls = 15): Message {
  const long = `${french().title} ${french().title}`;
  const many = [...Array(30).keys()].map((i) =>
    due(`2027-${String(1 + (i % 12)).padStart(2, '0')}-11T16:00:00.000Z`, 'cut-off', false),
  );
  const rewritten = (n: number): Change => ({
    kind: n % 2 ? 'conditions' : 'text',
    field: `sections.Part ${n}`,
    from: `former ${n} ${FORMER_SCOPE.repeat(20)}`,
    to: `${'entirely other words, été à Noël '.repeat(200)}${n}`,
  });
  const names = [...Array(42).keys()].map((i) => ({
    id: `p${i}`,
    name: `Carnot numéro ${i} (Institut de recherche sur les procédés et les matériaux)`,
    score: 90 - i,
  }));
  const items = [...Array(calls).keys()].map((i) =>
    told(
      french({
        title: `${i} ${long}`,
        identifier: 'HORIZON-'.repeat(20),
        deadlines: many,
        typesOfAction: Array(6).fill('HORIZON-RIA Research and Innovation Actions'),
      }),
      {
        profiles: names,
        because: names.map((n) => ({ ...GLOBAL_CARE, name: n.name, through: n.name })),
        changes: [...Array(6).keys()].map(rewritten),
        urgency: 'extended-late',
      },
    ),
  );
  return message({
    language,
    items,
    reminders: [...Array(60).keys()].map(() => reminder(french({ title: long }))),
    answers: Array(60).fill({
      ...answer('ask-other', 'Marie', 'très long '.repeat(200)),
      call: french({ title: long }),
    }),
    troubles: message().sources.map((s) => ({
      name: s.name,
      state: 'broken',
      since: NOW,
      lastGoodRunAt: s.lastGoodRunAt,
    })),
    follows: items[0]!.because,
    more: 100,
    held: 30,
  });
}
