import { randomUUID } from 'node:crypto';
import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import type { Clock } from '../../../src/kernel/ports.js';
import { MatchJob } from '../../../src/matching/match.job.js';
import { ApiKeyEntity } from '../../../src/access/store/api-key.repository.js';
import { CalendarEntity } from '../../../src/calendars/store/calendar.repository.js';
import { ContactEntity } from '../../../src/profiles/store/contact.repository.js';
import { FeedEntity } from '../../../src/spreadsheets/store/feed.repository.js';
import {
  FollowEntity,
  PreferenceDefaultsEntity,
  RecipientEntity,
  NotificationEntity,
} from '../../../src/notifications/store/notification.entity.js';
import { TransactionalMailEntity } from '../../../src/outbox/store/transactional-mail.repository.js';
import {
  NewsletterCopyEntity,
  NewsletterReaderEntity,
} from '../../../src/newsletters/store/newsletter-reader.repository.js';
import { NewsletterEntity } from '../../../src/newsletters/store/newsletter.repository.js';
import { NoteEntity } from '../../../src/decisions/store/note.repository.js';
import { PasskeyEntity, SessionEntity, SignInLinkEntity } from '../../../src/access/store/sign-in.entity.js';
import { PersonEntity } from '../../../src/access/store/person.entity.js';
import { ProposalEntity, ResearcherEntity } from '../../../src/proposals/store/proposal.entity.js';
import { keyOfSuggestion, type Suggestion } from '../../../src/explain/domain/suggestions/suggestions.js';
import { OwnSuggestionsEntity } from '../../../src/explain/store/own-suggestions.repository.js';
import { ReviewEntity } from '../../../src/decisions/store/review.repository.js';
import { SavedSearchEntity } from '../../../src/decisions/store/saved-search.repository.js';
import { mailLinkToken, settingsToken } from '../../../src/notifications/domain/content/mail-link.js';
import { sha256 } from '../../../src/kernel/hash.js';
import type { Wiring } from '../../../src/app/platform.module.js';
import { api, startApp, type TestApp } from '../app.js';
import { passkeyRow } from './authenticator.js';
import { aCall, storeCalls } from '../matching/calls.js';
import { somebody, type Somebody } from './people.js';
import { putPipeline } from './pipeline-rows.js';
import { putTogether } from './network-rows.js';
import { aProfile, configWith, on } from '../matching/profiles.js';

/** Part of every text that must stay inside the institute. */
export const SECRET = 'SECRET-OF-LETI';
/** Part of every text that the institute's network may also see, but no other institute. */
export const OWN = 'OWN-OF-LETI';
/** What leti's decisions suggest. */
const SUGGESTION: Suggestion = {
  kind: 'add-keyword',
  competence: `${OWN} competence`,
  keywords: [`${SECRET} keyword`],
};

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const scope = [
  {
    kind: 'scope' as const,
    title: 'Scope',
    text: 'Floating foundations of a wind turbine far from the shore, and offshore wind farms.',
  },
  {
    kind: 'expected-outcome' as const,
    title: 'Expected Outcome',
    text: 'Offshore wind farms are cheaper to build and to run.\nFishers and tourists share the sea without disputes.',
  },
];

export interface TwoInstitutes {
  test: TestApp;
  /** Ids of rows of leti, and of shared rows. */
  ids: Record<
    | 'call'
    | 'match'
    | 'joint'
    | 'paper'
    | 'note'
    | 'opportunity'
    | 'task'
    | 'comment'
    | 'researcher'
    | 'proposal'
    | 'search'
    | 'suggestion'
    | 'feed'
    | 'newsletter'
    | 'newsletterReader'
    | 'calendar'
    | 'key'
    | 'person'
    | 'passkey'
    | 'session'
    | 'notification'
    | 'recipient'
    | 'channel'
    | 'run'
    | 'alarm',
    string
  >;
  /** Credentials of leti that must no longer work, and secrets of links that are used up or wrong. */
  dead: {
    key: string[];
    session: string[];
    link: string[];
    feed: string[];
    calendar: string[];
    answer: string[];
    decide: string[];
  };
  /** A link that decides on several calls of one message. */
  decideSeveral: string;
  /** Secrets of working links. */
  live: {
    link: string;
    feed: string;
    calendar: string;
    answer: string;
    unsubscribe: string;
    newsletter: string;
    settings: string;
    contact: string;
    decide: string;
  };
  leti: { officer: Somebody; reader: Somebody; readKey: string };
  stop: () => Promise<void>;
}

const secret = (name: string): string => `ce_${name}${randomUUID().replace(/-/g, '')}`;

/** `clock` stands still if only the test may change an answer; `minScore` is the least of a message. */
type Options = { adjust?: (wiring: Wiring) => Wiring; clock?: Clock; minScore?: number };

/** Starts two institutes with the same calls, wired by `adjust`. All of leti's own is there and marked. */
export async function startTwoInstitutes(options: Options = {}): Promise<TwoInstitutes> {
  const { adjust = (w) => w, clock, minScore } = options;
  const keywords = ['wind turbine', 'offshore wind'];
  const config = configWith(
    [
      aProfile('3bcar'),
      aProfile('leti', {
        name: 'Carnot Leti',
        competences: [{ label: `${OWN} competence`, description: '', keywords, exclusions: [], weight: 1 }],
        contacts: [{ name: `${OWN} contact`, email: 'own-of-leti@example.org' }],
      }),
    ],
    [
      {
        id: 'wind',
        name: { fr: 'Éolien', en: 'Wind' },
        members: ['3bcar', 'leti'],
        confirmed: false,
        source: 'A test.',
      },
    ],
  );
  // On its date no e-mail is sent and no job runs.
  const test = await startApp(
    { PUBLIC_URL: 'http://calls.test', SECURITY_CONTACT: 'security@calls.test' },
    {
      working: false,
      ...(clock && { clock }),
      adjust: (w) => adjust({ ...on(config.dir, minScore)(w), sources: w.sources }),
    },
  );
  const database = test.app.get(DataSource);
  const put = <E extends ObjectLiteral>(entity: EntityTarget<E>, row: Partial<E>): Promise<unknown> =>
    database.getRepository(entity).insert(row as never);
  await storeCalls(
    test.app,
    Array.from({ length: 5 }, (_, i) => aCall(`W${i}`, { title: `Wind ${i}`, sections: scope })),
    'funding-tenders',
    clock?.now(),
  );
  for (const profileId of ['3bcar', 'leti']) await test.app.get(MatchJob).run({ profileId });

  const [call, ...further] = (await api(test.url, '/v1/calls')).body.items as { id: string; title: string }[];
  const [match] = (await api(test.url, '/v1/matches?profile=leti&minScore=1')).body.items as { id: string }[];
  if (!call || !match) throw new Error('the calls should match');
  const officer = await somebody(test, {
    role: 'officer',
    profile: 'leti',
    name: `${OWN} officer`,
    email: 'own-of-leti-officer@example.org',
  });
  const reader = await somebody(test, {
    role: 'reader',
    profile: 'leti',
    name: `${OWN} reader`,
    email: 'own-of-leti-reader@example.org',
  });
  const gone = await somebody(test, {
    role: 'officer',
    profile: 'leti',
    name: `${OWN} gone`,
    email: 'own-of-leti-gone@example.org',
  });
  const ended = await somebody(test, {
    role: 'officer',
    profile: 'leti',
    name: `${OWN} ended`,
    email: 'own-of-leti-ended@example.org',
  });

  const now = clock?.now() ?? new Date();
  const [later, before] = [new Date(now.getTime() + DAY), new Date(now.getTime() - HOUR)];
  const id = (): string => randomUUID();
  const ids: TwoInstitutes['ids'] = {
    call: call.id,
    match: match.id,
    joint: id(),
    paper: id(),
    note: id(),
    opportunity: id(),
    task: id(),
    comment: id(),
    researcher: id(),
    proposal: id(),
    search: id(),
    suggestion: keyOfSuggestion(SUGGESTION),
    feed: id(),
    newsletter: id(),
    newsletterReader: id(),
    calendar: id(),
    key: id(),
    person: officer.person.id,
    passkey: id(),
    session: id(),
    notification: id(),
    recipient: id(),
    channel: id(),
    run: id(),
    alarm: id(),
  };
  const tokens = {
    key: secret('live'),
    revokedKey: secret('revoked'),
    expiredKey: secret('expired'),
    usedLink: secret('used'),
    oldLink: secret('old'),
    newLink: secret('new'),
    feed: secret('feed'),
    deadFeed: secret('dead'),
    calendar: secret('calendar'),
    deadCalendar: secret('deadCalendar'),
    answer: secret('answer'),
    contact: secret('contact'),
    unsubscribe: secret('unsubscribe'),
    newsletter: secret('newsletter'),
    linkKey: secret('linkKey'),
  };
  const personId = officer.person.id;
  const key = (over: Partial<ApiKeyEntity>) =>
    put(ApiKeyEntity, {
      id: id(),
      hint: 'ce_live',
      name: `${SECRET} key`,
      personId: null,
      profileId: 'leti',
      scope: 'write',
      createdBy: `${SECRET} maker`,
      createdAt: before,
      expiresAt: later,
      ...over,
    });
  await key({ id: ids.key, tokenHash: sha256(tokens.key), scope: 'read' });
  await key({ tokenHash: sha256(tokens.revokedKey), revokedAt: before });
  await key({ tokenHash: sha256(tokens.expiredKey), expiresAt: before });
  await put(PasskeyEntity, passkeyRow(ids.passkey, officer.person.id, `${SECRET} passkey`));
  await put(SessionEntity, {
    id: ids.session,
    tokenHash: sha256(secret('session')),
    personId,
    userAgent: `${SECRET} browser`,
    createdAt: before,
    expiresAt: later,
    lastSeenAt: now,
  });
  for (const [token, expiresAt, usedAt] of [
    [tokens.usedLink, later, before],
    [tokens.oldLink, before, null],
    [tokens.newLink, later, null],
  ] as const)
    await put(SignInLinkEntity, {
      tokenHash: sha256(token),
      personId,
      createdAt: before,
      expiresAt,
      usedAt,
      next: null,
    });
  await put(FeedEntity, {
    id: ids.feed,
    tokenHash: sha256(tokens.feed),
    hint: 'q7Zt2w',
    name: `${SECRET} feed`,
    profileId: 'leti',
    personId,
    content: 'matches',
    query: '',
    language: 'en',
    createdAt: before,
  });
  await put(FeedEntity, {
    id: id(),
    tokenHash: sha256(tokens.deadFeed),
    hint: 'm4Xk9p',
    name: `${SECRET} dead feed`,
    profileId: 'leti',
    personId,
    content: 'matches',
    query: '',
    language: 'en',
    createdAt: before,
    revokedAt: before,
  });
  const newsletter = {
    profileId: 'leti',
    list: `${SECRET} list`,
    title: `${SECRET} newsletter`,
    intro: `${SECRET} intro`,
    language: 'en' as const,
    items: [{ callId: call.id, line: `${SECRET} line` }],
    version: 1,
    updatedBy: `${SECRET} editor`,
    updatedById: personId,
    createdAt: before,
    updatedAt: before,
  };
  await put(NewsletterEntity, { ...newsletter, id: ids.newsletter });
  const sent = { id: id(), issuedAt: before, sentAt: before, sentHtml: `<p>${SECRET}</p>`, sentText: SECRET };
  await put(NewsletterEntity, { ...newsletter, ...sent });
  await put(NewsletterReaderEntity, {
    ...{ id: ids.newsletterReader, profileId: 'leti', list: `${SECRET} list`, origin: 'typed' },
    ...{
      address: `${SECRET.toLowerCase()}-newsletter@example.org`,
      addressHash: sha256(`${SECRET} newsletter`),
    },
    ...{
      name: `${SECRET} newsletter reader`,
      addedBy: `${SECRET} adder`,
      addedById: personId,
      addedAt: before,
    },
  });
  await put(NewsletterCopyEntity, {
    ...{ id: id(), profileId: 'leti', newsletterId: sent.id, readerId: ids.newsletterReader },
    ...{ createdAt: before, tokenHash: sha256(tokens.newsletter), leftOut: 'stopped' },
  });
  const calendar = {
    hint: 'q7Zt2w',
    kind: 'institute' as const,
    profileId: 'leti',
    personId,
    language: 'en' as const,
    createdAt: before,
  };
  await put(CalendarEntity, {
    ...calendar,
    id: ids.calendar,
    tokenHash: sha256(tokens.calendar),
    name: `${SECRET} calendar`,
  });
  await put(CalendarEntity, {
    ...calendar,
    id: id(),
    tokenHash: sha256(tokens.deadCalendar),
    name: `${SECRET} dead calendar`,
    revokedAt: before,
  });
  await put(NoteEntity, {
    id: ids.note,
    profileId: 'leti',
    callId: call.id,
    author: `${SECRET} author`,
    personId,
    text: `${SECRET} note`,
    createdAt: before,
  });
  await put(ReviewEntity, {
    profileId: 'leti',
    callId: call.id,
    seenVersion: 1,
    seenAt: before,
    verdict: 'relevant',
    reason: null,
    verdictBy: `${SECRET} judge`,
    verdictAt: before,
    verdictVersion: 1,
  });
  await put(OwnSuggestionsEntity, {
    profileId: 'leti',
    revision: 1,
    ofVerdicts: null,
    foundAt: before,
    found: [{ suggestion: SUGGESTION, effect: { gained: 3, lost: 0, spared: 0, added: 0 } }],
  });
  await putPipeline(put, {
    id: ids.opportunity,
    taskId: ids.task,
    commentId: ids.comment,
    callId: call.id,
    personId,
    at: before,
    secret: SECRET,
  });
  await putTogether(put, {
    paperId: ids.paper,
    id: ids.joint,
    callId: call.id,
    personId,
    at: before,
    secret: SECRET,
    own: OWN,
  });
  await put(SavedSearchEntity, {
    id: ids.search,
    profileId: 'leti',
    personId,
    name: `${SECRET} search`,
    page: 'inbox',
    query: `q=${SECRET}`,
    createdAt: before,
  });
  await put(ResearcherEntity, {
    id: ids.researcher,
    profileId: 'leti',
    name: `${SECRET} researcher`,
    nameSince: before,
    email: 'secret-of-leti@example.org',
    language: 'en',
    competences: [`${OWN} competence`],
    createdAt: before,
    updatedAt: before,
  });
  const mailId = id();
  await put(TransactionalMailEntity, {
    id: mailId,
    kind: 'proposal',
    profileId: 'leti',
    toName: `${SECRET} to`,
    toAddress: 'secret-of-leti-to@example.org',
    replyTo: null,
    subject: `${SECRET} letter`,
    text: `${SECRET} letter`,
    html: `${SECRET} letter`,
    messageId: 'x@calls.test',
    expiresAt: null,
    state: 'sent',
    createdAt: before,
    sentAt: before,
    sentWhere: 'x',
  });
  await put(ProposalEntity, {
    id: ids.proposal,
    profileId: 'leti',
    callId: call.id,
    researcherId: ids.researcher,
    name: `${SECRET} asked`,
    email: 'secret-of-leti-asked@example.org',
    language: 'en',
    subject: `${SECRET} subject`,
    text: `${SECRET} text`,
    tokenHash: sha256(tokens.answer),
    askedBy: `${SECRET} asker`,
    personId,
    createdAt: before,
    mailId,
    answer: 'interested',
    word: `${SECRET} word`,
    other: `${SECRET} other`,
    answeredAt: before,
  });
  const told = {
    channel: 'email',
    owner: '',
    language: 'en' as const,
    since: before,
    plannedSeq: '0',
    lastDigestDueAt: now,
  };
  await put(RecipientEntity, {
    ...told,
    id: ids.recipient,
    profileId: 'leti',
    address: 'own-of-leti@example.org',
    name: `${OWN} contact`,
    token: tokens.unsubscribe,
    linkKey: tokens.linkKey,
  });
  await put(RecipientEntity, {
    ...told,
    id: ids.channel,
    channel: 'webhook',
    owner: 'profile/leti',
    profileId: 'leti',
    address: `https://hooks.example.org/${SECRET}/with-a-long-path`,
    name: `${SECRET} channel`,
    token: secret('channel'),
    linkKey: secret('channelLinkKey'),
    secrets: [`whsec_${SECRET}`],
  });
  await database
    .getRepository(ContactEntity)
    .update({ profileId: 'leti' }, { tokenHash: sha256(tokens.contact) });
  await put(FollowEntity, {
    recipientId: ids.recipient,
    kind: 'profile',
    target: 'leti',
    origin: 'contact',
    since: before,
    baselineSeq: '0',
    welcomedAt: before,
  });
  await put(NotificationEntity, {
    id: ids.notification,
    key: 'leti',
    kind: 'digest',
    recipientId: ids.recipient,
    channel: 'email',
    profileId: 'leti',
    address: 'own-of-leti@example.org',
    name: `${OWN} contact`,
    subject: `${SECRET} digest`,
    text: `${SECRET} digest`,
    html: `<!DOCTYPE html><html lang="en"><head><title>${SECRET}</title></head><body style="color: #222"><main><h1>${SECRET}</h1></main></body></html>`,
    unsubscribeUrl: `http://calls.test/unsubscribe/${tokens.unsubscribe}`,
    messageId: 'y@calls.test',
    items: [],
    more: 0,
    state: 'sent',
    createdAt: before,
  });
  // A message to an officer, whose links decide.
  const [decides, decideKey, again] = [id(), secret('decideKey'), id()];
  const readerId = id();
  await put(RecipientEntity, {
    ...told,
    id: readerId,
    profileId: 'leti',
    address: officer.person.email,
    name: `${OWN} officer`,
    token: secret('unsubscribe'),
    linkKey: decideKey,
  });
  for (const [notificationId, resendOf] of [
    [again, null],
    [decides, again],
  ] as const)
    await put(NotificationEntity, {
      id: notificationId,
      key: notificationId,
      kind: 'digest',
      recipientId: readerId,
      channel: 'email',
      profileId: 'leti',
      address: officer.person.email,
      name: `${OWN} officer`,
      subject: `${SECRET} digest`,
      text: `${SECRET} digest`,
      html: `<!DOCTYPE html><html lang="en"><head><title>${SECRET}</title></head><body style="color: #222"><main><h1>${SECRET}</h1></main></body></html>`,
      unsubscribeUrl: 'http://calls.test/unsubscribe/x',
      messageId: `${notificationId}@calls.test`,
      items: [
        { callId: call.id, version: 1, matchId: match.id, score: 80, title: 'Wind' },
        ...further.map(({ id: callId, title }) => ({ callId, version: 1, matchId: null, score: 60, title })),
      ],
      more: 0,
      state: 'sent',
      resendOf,
      createdAt: before,
      sentAt: before,
    });
  const decideToken = (message: string, at = now, items = [0]): string =>
    mailLinkToken(message, { verdict: 'not', items }, decideKey, at);
  await put(PreferenceDefaultsEntity, {
    profileId: 'leti',
    preferences: { frequency: 'daily' },
    updatedAt: before,
    updatedBy: `${SECRET} setter`,
  });
  await database.getRepository(SessionEntity).update({ personId: ended.person.id }, { revokedAt: before });
  await database.getRepository(PersonEntity).update({ id: gone.person.id }, { removedAt: before });
  return {
    test,
    ids,
    leti: { officer, reader, readKey: tokens.key },
    live: {
      link: tokens.newLink,
      feed: tokens.feed,
      calendar: tokens.calendar,
      answer: tokens.answer,
      contact: tokens.contact,
      unsubscribe: tokens.unsubscribe,
      newsletter: tokens.newsletter,
      settings: settingsToken({ id: ids.recipient, linkKey: tokens.linkKey }, now),
      decide: decideToken(decides),
    },
    decideSeveral: decideToken(decides, now, [0, 1, 2]),
    dead: {
      key: [tokens.revokedKey, tokens.expiredKey],
      session: [gone.cookie, ended.cookie],
      link: [tokens.usedLink, tokens.oldLink, secret('wrong')],
      feed: [tokens.deadFeed, secret('wrong')],
      calendar: [tokens.deadCalendar, secret('wrong')],
      answer: [secret('wrong')],
      decide: [
        decideToken(again),
        decideToken(decides, new Date(now.getTime() - 31 * DAY)),
        decideToken(id()),
        secret('wrong'),
      ],
    },
    stop: async () => {
      await test.stop();
      config.remove();
    },
  };
}
