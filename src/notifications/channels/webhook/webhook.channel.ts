import { createHmac } from 'node:crypto';
import { messages } from '../../../i18n/message.js';
import { signingKey } from '../../domain/delivery/test-message.js';
import { inBrussels } from '../../../kernel/brussels.js';
import type { CallContent, Deadline } from '../../../calls/domain/call-content.js';
import type { Change } from '../../../calls/domain/versions/diff.js';
import { shortDiff, changeDiff } from '../../../calls/domain/versions/text-diff.js';
import { statusAt, statusFacts } from '../../../calls/domain/status.js';
import { changeSentences } from '../../../calls/domain/facts/change-sentences.js';
import { deadlineForPeople } from '../../../calls/domain/facts/deadline.js';
import { type SourceAge, sourceAge } from '../../../calls/domain/facts/call-facts.js';
import { besideOf } from '../../../calls/domain/parsed-call.js';
import { diffRoom, type DiffRoom, FULL, newsOf } from '../../domain/content/item-view.js';
import { documentPage } from '../../../harvest/domain/drafts/committee-document.js';
import { draftText } from '../../domain/content/message-lists.js';
import type { Message, Rendered, ResultItem } from '../../domain/content/message.js';
import { groupViews } from '../../domain/content/message-groups.js';
import { mailText } from '../../domain/content/render-mail.js';
import { messageView, type MessageView } from '../../domain/content/message-view.js';
import { bandOf } from '../../../kernel/band.js';
import { ownAddress, webAddress } from '../../../kernel/web-address.js';
import type { Language } from '../../../kernel/language.js';
import { WebhookDocument } from './webhook-document.js';
import { CarnotError } from '../../../kernel/errors.js';
import { defineChannel, type Outgoing, type Outside } from '../../domain/delivery/channel.js';
import { WEB_WAITS } from '../../../outbox/domain/tries.js';
import { post, type Refusal, WebAddress } from '../_kit/post.js';

export const TEXTS = messages({
  name: { en: 'Webhook', fr: 'Webhook' },
  way: { en: 'through its own webhook', fr: 'par son propre webhook' },
});

/**
 * The headers of Standard Webhooks (version 1), with a signature for each secret: during a rotation, either
 * secret verifies the message.
 */
function signedHeaders({
  id,
  body,
  secrets,
  at,
}: {
  id: string;
  body: string;
  secrets: string[];
  at: Date;
}): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const sign = (secret: string): string =>
    `v1,${createHmac('sha256', signingKey(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map(sign).join(' '),
  };
}

type Data = WebhookDocument['data'];
type Call = Data['items'][number]['call'];

/**
 * Limits, since programs read long but not endless texts: characters per difference, characters per document.
 */
const [LONGEST_DIFF, LONGEST_DIFFS] = [4_000, 60_000];
const NEWS = { fresh: 'new', changed: 'changed', baseline: 'told-late' } as const;

/** A message as a document for programs: raw facts, plus the sentences that people read. */
export function renderWebhook(message: Message): Rendered {
  const view = messageView(message);
  const document: WebhookDocument = {
    type: `carnot.${message.kind}.v1`,
    id: message.id,
    timestamp: message.now.toISOString(),
    data: dataOf(message, view),
  };
  return { subject: view.subject, text: mailText(message), html: null, payload: JSON.stringify(document) };
}

function dataOf(message: Message, view: MessageView): Data {
  const { language, now, sample, follows, reminders, answers, more, held, dailyLimit, next } = message;
  return {
    language,
    subject: view.subject,
    sample,
    follows,
    items: itemsOf(message),
    deadlines: reminders.map((r) => ({
      call: callOf(r, message),
      deadline: deadlineOf(r.deadline, language),
      daysLeft: r.daysLeft,
      because: r.because,
    })),
    answers: answers.map((a) => ({
      call: callOf(a, message),
      researcher: a.researcher,
      answer: a.answer,
      word: a.word,
      institute: a.profileName,
    })),
    results: message.results.map((r) => ({
      call: callOf(r, message),
      acronym: r.acronym,
      institute: r.profileName,
      votesUntil: r.votesUntil,
      voted: r.voted,
      named: r.named,
      url: r.url,
    })),
    troubles: message.troubles.map((t) => ({
      source: t.name,
      state: t.state,
      since: t.since.toISOString(),
      ...ageOf(t, now, language),
    })),
    partners: message.partners.map((p) => ({
      call: callOf(p, message),
      searches: p.searches.map(({ wants, country, organisationType, summary, publishedAt }) => ({
        wants,
        country: country.iso,
        countryName: country.name,
        organisationType,
        summary,
        publishedAt: publishedAt?.toISOString() ?? null,
      })),
    })),
    postponed: message.postponed.map((p) => ({
      call: callOf(p, message),
      institute: p.profileName,
      until: p.until,
    })),
    drafts: message.drafted.map((d) => ({
      call: callOf(d, message),
      says: draftText(d.news, language),
      url: documentPage(d.news.document),
    })),
    coming: message.coming.flatMap((c) =>
      c.call.draft ? [{ call: callOf(c, message), draft: c.call.draft }] : [],
    ),
    questions: message.questions.map((q) => ({
      call: callOf(q, message),
      questions: q.questions,
    })),
    more,
    unread: message.items.filter((item) => item.unread).length,
    held,
    dailyLimit,
    nextDigest: next && { utc: next.at.toISOString(), zone: next.zone },
    sources: message.sources.map((s) => ({ name: s.name, state: s.state, ...ageOf(s, now, language) })),
    links: {
      inbox: view.inbox?.url ?? null,
      settings: view.foot.settings.url,
      unsubscribe: view.foot.unsubscribe.url,
    },
  };
}

function itemsOf(message: Message): Data['items'] {
  const told = new Map(
    // It has no summary that could repeat the passage.
    groupViews(message, { ...FULL, summaries: false })
      .flatMap((g) => g.items)
      .map((item) => [item.callId, item]),
  );
  const room = diffRoom(LONGEST_DIFFS);
  return message.items.map((item) => ({
    news: NEWS[newsOf(item)],
    urgency: item.urgency,
    call: callOf(item, message),
    fits: item.profiles.map((p) => ({ ...p, band: bandOf(p.score) })),
    reason: told.get(item.callId)?.reason ?? null,
    passage: told.get(item.callId)?.passage ?? null,
    because: item.because,
    changes: item.changes.map((change) => changeOf(change, room)),
    says: changeSentences(item.changes, message.language, item.call),
  }));
}

function changeOf(change: Change, room: DiffRoom): Data['items'][number]['changes'][number] {
  const { kind, field, from, to } = change;
  const diff = changeDiff(change, room.budget);
  if (diff === null) return { kind, field, from, to, difference: null, whole: true };
  const { pieces, whole } = shortDiff(diff, Math.min(LONGEST_DIFF, room.characters));
  room.characters -= pieces.reduce((n, p) => n + p.text.length, 0);
  return { kind, field, from: null, to: null, difference: pieces, whole };
}

function callOf(
  { callId, version, call, pageUrl }: Pick<ResultItem, 'callId' | 'call' | 'pageUrl'> & { version?: number },
  { language, now }: Message,
): Call {
  const { budget, opensAt } = call;
  const status = statusAt(statusFacts(call), now);
  return {
    kind: call.kind,
    id: callId,
    version: version ?? null,
    language: call.language,
    title: call.title,
    identifier: call.identifier,
    callIdentifier: call.callIdentifier,
    // Version 1 of the document knows no such status; what is a draft stands in lists of its own.
    status: status === 'draft' ? 'forthcoming' : status,
    programme: call.programme && (call.programme.name ?? call.programme.code),
    typesOfAction: call.typesOfAction,
    opensAt: opensAt === null ? null : momentOf(opensAt),
    deadlines: call.deadlines.map((d) => deadlineOf(d, language)),
    budget: budget && amountsOf(budget),
    ...besideOf({ ...call, documents: call.documents?.filter((d) => webAddress(d.url) !== null) }),
    url: webAddress(call.url),
    pageUrl: ownAddress(pageUrl),
  };
}

const amountsOf = ({
  years: _,
  ...amounts
}: NonNullable<CallContent['budget']>): NonNullable<Call['budget']> => amounts;

const momentOf = (at: string): { utc: string; brussels: string } => ({ utc: at, brussels: inBrussels(at) });

const deadlineOf = (deadline: Deadline, language: Language): Call['deadlines'][number] => ({
  kind: deadline.kind,
  ...momentOf(deadline.at),
  timeTold: deadline.timeTold,
  says: deadlineForPeople(deadline, language),
});

const ageOf = (
  source: Omit<SourceAge, 'name'>,
  now: Date,
  language: Language,
): { lastGoodRunAt: string | null; says: string } => ({
  lastGoodRunAt: source.lastGoodRunAt?.toISOString() ?? null,
  says: sourceAge(source, now, language),
});

/** The receiver may be down for repair: every refusal except 410 is retried, as Standard Webhooks says. */
const judge = ({ words, retryAfterMs }: Refusal): CarnotError =>
  new CarnotError('WebhookRefused', words, 'later', retryAfterMs === undefined ? {} : { retryAfterMs });

function send(outgoing: Outgoing, { fetcher, clock }: Outside): Promise<{ where: string }> {
  const { id, secrets, rendered } = outgoing;
  // Unsigned, it would be refused, or trusted without proof.
  if (!secrets.length)
    return Promise.reject(new CarnotError('WebhookUnsigned', 'there is no secret to sign with', 'never'));
  return post(
    outgoing,
    signedHeaders({ id, body: rendered.payload ?? '', secrets, at: clock.now() }),
    fetcher,
    judge,
  );
}

export const channel = defineChannel({
  id: 'webhook',
  name: TEXTS.name,
  offer: { way: TEXTS.way },
  address: WebAddress,
  signs: true,
  frequency: 'at-once',
  waits: WEB_WAITS,
  document: WebhookDocument,
  render: renderWebhook,
  send,
});
