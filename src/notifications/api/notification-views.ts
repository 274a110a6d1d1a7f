import { z } from 'zod';
import { shownAddress } from '../domain/delivery/channel.js';
import type { NotificationEntity } from '../store/notification.entity.js';
import { InCursor, pageOf, PAGING } from '../../platform/api/paging.js';

export const STATES = ['pending', 'sending', 'sent', 'failed'] as const;
export const NotificationSummary = z
  .object({
    id: z.uuid(),
    kind: z.enum(['first', 'digest', 'urgent']),
    profile: z
      .object({ id: z.string() })
      .nullable()
      .describe("the institute of its recipient; null for the network's own people"),
    to: z.object({
      recipient: z.uuid(),
      channel: z.string(),
      name: z.string().nullable(),
      address: z.string().nullable().describe('null for the network if it is a channel of the institute'),
    }),
    subject: z
      .string()
      .nullable()
      .describe(
        'null, like the rest of the content, outside the institute: the network only sees whether and when it was sent',
      ),
    messageId: z.string(),
    state: z.enum(STATES),
    attempts: z.number().int(),
    error: z.string().nullable(),
    nextTryAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    sentAt: z.iso.datetime().nullable(),
    sentWhere: z
      .string()
      .nullable()
      .describe('what the other side answered, or the file under DATA_DIR/outbox'),
    calls: z
      .array(
        z.object({
          id: z.uuid(),
          matchId: z.uuid().nullable(),
          score: z.number().nullable(),
          title: z.string(),
        }),
      )
      .nullable(),
    resendOf: z.uuid().nullable().describe('the message of which it is a copy'),
    resentBy: z.string().nullable().describe('who sent that copy'),
    more: z
      .number()
      .int()
      .nullable()
      .describe(
        'how many calls did not fit: they wait for the next message or, after a first message, stay in the inbox',
      ),
  })
  .meta({ id: 'NotificationSummary' });
export type NotificationSummary = z.infer<typeof NotificationSummary>;
export const NotificationView = NotificationSummary.extend({
  text: z
    .string()
    .nullable()
    .describe(
      "null, like its other forms, outside the institute, or outside the one whose researchers' answers it contains",
    ),
  html: z.string().nullable(),
  payload: z.string().nullable().describe('what was posted, byte for byte except for personal links'),
  tries: z
    .array(z.object({ at: z.iso.datetime(), ok: z.boolean(), answer: z.string() }))
    .describe('the last ones, oldest first'),
}).meta({ id: 'Notification' });
export type NotificationView = z.infer<typeof NotificationView>;

/** Profiles that nobody gets e-mails about, and contacts who stopped theirs. */
const Silent = z.array(
  z.object({ profile: z.string().nullable(), contact: z.string().optional(), reason: z.string() }),
);
export type Silent = z.infer<typeof Silent>;
export const ListView = pageOf(NotificationSummary).extend({
  silent: Silent.describe('profiles and contacts that get no e-mail, and why'),
});
export const ListQuery = z.object({
  ...PAGING,
  profile: z.string().max(100).optional(),
  state: z.enum(STATES).optional(),
  recipient: z.uuid().optional(),
  channel: z.string().max(50).optional(),
});
export const Place = z.object({ createdAt: InCursor.date, id: InCursor.id });

export const summary = (n: NotificationEntity): NotificationSummary => ({
  id: n.id,
  kind: n.kind,
  profile: n.profileId === null ? null : { id: n.profileId },
  to: { recipient: n.recipientId, channel: n.channel, name: n.name, address: shownAddress(n) },
  subject: n.subject,
  messageId: n.messageId,
  state: n.state,
  attempts: n.attempts,
  error: n.error,
  nextTryAt: n.nextTryAt?.toISOString() ?? null,
  createdAt: n.createdAt.toISOString(),
  sentAt: n.sentAt?.toISOString() ?? null,
  sentWhere: n.sentWhere,
  calls: n.items.map((i) => ({ id: i.callId, matchId: i.matchId, score: i.score, title: i.title })),
  resendOf: n.resendOf,
  resentBy: n.resentBy,
  more: n.more,
});
export type ListQuery = z.infer<typeof ListQuery>;

/** The paths of the links that expire, before their credential. */
const PERSONAL_LINK = /(\/(?:notification-preferences|decide|sign-in\/from-mail)\/)[\w.-]+/g;

/** Hides a message's personal links: with them, anyone could change the reader's settings, or decide. */
function withoutLinks(text: string, { unsubscribeUrl }: NotificationEntity): string {
  const token = unsubscribeUrl.slice(unsubscribeUrl.lastIndexOf('/') + 1);
  const shown = text.replace(PERSONAL_LINK, '$1…');
  return token === '' ? shown : shown.replaceAll(token, '…');
}

export const withoutContent = (view: NotificationView): NotificationView => ({
  ...view,
  text: null,
  html: null,
  payload: null,
});

/**
 * The network's view: when and whether, but not what. For an institute's channel, the other side's answers
 * are hidden too.
 */
export function fromOutside<V extends NotificationSummary>(view: V): V {
  const isMail = view.to.channel === 'email';
  const told = {
    ...view,
    subject: null,
    calls: null,
    more: null,
    ...(!isMail && {
      to: { ...view.to, name: null, address: null },
      error: view.error && '…',
      sentWhere: null,
    }),
  };
  return {
    ...told,
    ...('tries' in view &&
      !isMail && { tries: (view.tries as NotificationView['tries']).map((t) => ({ ...t, answer: '…' })) }),
  };
}

/** The message as shown to anyone but its reader. */
export const notificationView = (n: NotificationEntity): NotificationView => ({
  ...summary(n),
  text: withoutLinks(n.text, n),
  html: n.html === null ? null : withoutLinks(n.html, n),
  payload: n.payload === null ? null : withoutLinks(n.payload, n),
  tries: n.tries,
});
