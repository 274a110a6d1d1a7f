import { Controller, Get, Header, Param, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { answerIn } from '../../domain/delivery/answer-in.js';
import type { Page } from '../../../platform/api/paging.js';
import { type NotificationSummary, type NotificationView, STATES } from '../../api/notification-views.js';
import { momentText } from '../../../ui/dates.js';
import { Dots, Empty, Pager } from '../../../ui/parts.js';
import { withQuery } from '../../../ui/address.js';
import { View, type Viewer } from '../../../ui/viewer.js';
import { WhyLinks } from '../../../explain/pages/why-links.js';
import { NotFound } from '../../../kernel/errors.js';
import { type Actor, may } from '../../../kernel/actor.js';
import { Institutes } from '../../../access/institutes.js';
import { ChannelRegistry } from '../../channel-registry.js';
import { SentMessages } from '../../sent-messages.js';
import { TooOften } from '../../../platform/access/rate-limit.js';
import { CurrentActor, Needs } from '../../../platform/access/rule.js';
import { PageQuery } from '../../../ui/form.js';
import { comeBack, page, type PageOptions } from '../../../ui/page.js';
import { type Answer, pageWith, redirectTo } from '../../../ui/answer.js';

type State = (typeof STATES)[number];

const LOOK: Record<State, string> = {
  pending: 'badge',
  sending: 'badge',
  sent: 'badge status-open',
  failed: 'badge status-withdrawn',
};
const StateBadge = ({ v, state }: { v: Viewer; state: State }) => (
  <span class={LOOK[state]}>{v.t(`outbox.state.${state}`)}</span>
);

const answerOf = (v: Viewer, { error, sentWhere, nextTryAt }: NotificationSummary): string[] =>
  [
    answerIn(error ?? sentWhere ?? '', v.language),
    nextTryAt ? v.t('outbox.next-try', { when: momentText(v, nextTryAt) }) : '',
  ].filter(Boolean);

const nameOf = (v: Viewer, { to }: NotificationSummary): string =>
  to.address === null ? v.t('outbox.channel') : to.name === null ? to.address : `${to.name} (${to.address})`;

type NameOf = (channel: string) => string;

/** Returns the subject, or a generic title if the viewer may not see the content. */
const subjectOf = (v: Viewer, { subject, kind }: NotificationSummary): string =>
  subject ?? v.t(`outbox.kind.${kind}`);

function Filter({ v, path, state }: { v: Viewer; path: string; state: State | undefined }) {
  return (
    <form method="get" action={path} class="row">
      <label for="state">{v.t('outbox.state')}</label>
      <select id="state" name="state">
        <option value="">{v.t('outbox.state.all')}</option>
        {STATES.map((s) => (
          <option key={s} value={s} selected={s === state}>
            {v.t(`outbox.state.${s}`)}
          </option>
        ))}
      </select>
      <button type="submit">{v.t('form.show')}</button>
    </form>
  );
}

interface ListShown {
  v: Viewer;
  profileId: string;
  path: string;
  found: Page<NotificationSummary>;
  state: State | undefined;
  first: boolean;
  channelName: NameOf;
}

/** Messages sent to an institute's people and channels, newest first. */
const OutboxPage = ({ v, profileId, path, found, state, first, channelName }: ListShown) => (
  <>
    <h1>{v.t('outbox.title')}</h1>
    <Filter v={v} path={path} state={state} />
    <p class="muted">{v.t('outbox.total', { n: found.total })}</p>
    {found.items.length === 0 ? (
      <Empty title={v.t('outbox.none')} />
    ) : (
      <div class="card">
        <ul class="entries">
          {found.items.map((n) => (
            <li key={n.id} class="entry">
              <div class="entry-what">
                <p class="entry-name">
                  <a href={`${path}/${n.id}`}>{subjectOf(v, n)}</a>
                </p>
                <p class="small">
                  <Dots
                    parts={[
                      nameOf(v, n),
                      channelName(n.to.channel),
                      v.t(`outbox.kind.${n.kind}`),
                      n.resentBy && v.t('outbox.copy', { who: n.resentBy }),
                    ]}
                  />
                </p>
                <p class="muted small">
                  <Dots
                    parts={[
                      momentText(v, n.createdAt),
                      n.state !== 'sent' && n.attempts > 0 && v.t('outbox.tried', { n: n.attempts }),
                      ...(n.state === 'sent' ? [] : answerOf(v, n)),
                    ]}
                  />
                </p>
              </div>
              <StateBadge v={v} state={n.state} />
            </li>
          ))}
        </ul>
      </div>
    )}
    <Pager v={v} next={found.next} first={first} href={(cursor) => withQuery(path, { state, cursor })} />
    <WhyLinks v={v} profileId={profileId} />
  </>
);

function Facts({ v, message, channelName }: { v: Viewer; message: NotificationView; channelName: NameOf }) {
  return (
    <dl class="facts">
      <dt>{v.t('outbox.to')}</dt>
      <dd>
        <Dots parts={[nameOf(v, message), channelName(message.to.channel)]} />
      </dd>
      <dt>{v.t('outbox.state')}</dt>
      <dd>
        <StateBadge v={v} state={message.state} />
      </dd>
      <dt>{v.t('outbox.written')}</dt>
      <dd>
        <Dots parts={[momentText(v, message.createdAt), v.t(`outbox.kind.${message.kind}`)]} />
      </dd>
      <dt>{v.t('outbox.attempts')}</dt>
      <dd>{message.attempts}</dd>
      <dt>{v.t('outbox.answer')}</dt>
      <dd>{answerOf(v, message).length ? <Dots parts={answerOf(v, message)} /> : '–'}</dd>
      {message.resentBy && <dd>{v.t('outbox.copy', { who: message.resentBy })}</dd>}
    </dl>
  );
}

function Content({
  v,
  path,
  message: { id, subject, html, text, payload },
}: {
  v: Viewer;
  path: string;
  message: NotificationView;
}) {
  return (
    <section class="card" aria-labelledby="as-mail">
      <h2 id="as-mail">{v.t('outbox.as-mail')}</h2>
      <p class="muted small">
        {v.t(subject === null ? 'outbox.outside' : text === null ? 'outbox.inside' : 'outbox.links')}
      </p>
      {html !== null && (
        <iframe class="mail" sandbox="" src={`${path}/${id}/mail`} title={v.t('outbox.as-mail')} />
      )}
      {text !== null && (
        <details open={html === null}>
          <summary>{v.t('outbox.as-text')}</summary>
          <pre class="mail-text" tabIndex={0}>
            {text}
          </pre>
        </details>
      )}
      {payload !== null && (
        <details>
          <summary>{v.t('outbox.as-posted')}</summary>
          <pre class="mail-text" tabIndex={0}>
            {payload}
          </pre>
        </details>
      )}
    </section>
  );
}

/** One message: its state, each try, and its content, in a frame that may neither run nor load anything. */
function MessagePage({
  v,
  path,
  message,
  sends,
  refused,
  channelName,
}: {
  v: Viewer;
  path: string;
  message: NotificationView;
  sends: boolean;
  refused: string | null;
  channelName: NameOf;
}) {
  return (
    <>
      <p>
        <a href={path}>{v.t('outbox.back')}</a>
      </p>
      <h1>{subjectOf(v, message)}</h1>
      {refused && (
        <p class="notice bad" role="alert">
          {refused}
        </p>
      )}
      <section class="card" aria-labelledby="became">
        <h2 id="became">{v.t('outbox.state')}</h2>
        <Facts v={v} message={message} channelName={channelName} />
        {message.tries.length > 0 && (
          <details>
            <summary>{v.t('outbox.tries')}</summary>
            <ul>
              {message.tries.map((t) => (
                <li key={t.at}>
                  <Dots parts={[momentText(v, t.at), answerIn(t.answer, v.language)]} />
                </li>
              ))}
            </ul>
          </details>
        )}
        {sends && ['sent', 'failed'].includes(message.state) && (
          <form method="post" action={`${path}/${message.id}/resend`}>
            <button type="submit">{v.t('outbox.again')}</button>{' '}
            <span class="muted small">{v.t('outbox.again-help')}</span>
          </form>
        )}
      </section>
      <Content v={v} path={path} message={message} />
    </>
  );
}

const ROWS = 25;
const QUERY = { state: z.enum(STATES).optional(), cursor: z.string().max(1_000).optional() };
interface Query {
  state: State | undefined;
  cursor: string | undefined;
}
const pathOf = (profile: string): string => `/institutes/${profile}/messages`;

/** Messages sent to an institute's people and channels, and their state. */
@ApiExcludeController()
@Controller('institutes/:profile/messages')
export class OutboxPages {
  constructor(
    private readonly sent: SentMessages,
    private readonly institutes: Institutes,
    private readonly channels: ChannelRegistry,
  ) {}

  @Needs('message.read', 'profile')
  @Get()
  async list(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @PageQuery(QUERY) { state, cursor }: Query,
  ): Promise<string> {
    const options = await this.options(v, profile, v.t('outbox.title'));
    const found = await this.sent.list(actor, {
      profile,
      limit: ROWS,
      ...(state && { state }),
      ...(cursor !== undefined && { cursor }),
    });
    return page(
      v,
      options,
      OutboxPage({
        v,
        profileId: profile,
        path: pathOf(profile),
        found,
        state,
        first: cursor === undefined,
        channelName: (id) => this.channels.nameOf(id, v.language),
      }),
    );
  }

  @Needs('message.read', 'profile')
  @Get(':message')
  show(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @Param('message', { schema: z.uuid() }) id: string,
  ): Promise<string> {
    return this.shown(v, actor, profile, id, null);
  }

  /** Returns an e-mail for the frame of its page: it has its own styles, and anything else is blocked. */
  @Needs('message.read', 'profile')
  @Get(':message/mail')
  @Header(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox",
  )
  @Header('Content-Type', 'text/html; charset=utf-8')
  async mail(
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @Param('message', { schema: z.uuid() }) id: string,
  ): Promise<string> {
    const { html } = await this.findMessage(actor, profile, id);
    if (html === null) throw new NotFound('not-an-email', { id });
    return html;
  }

  @Needs('message.write', 'profile')
  @Post(':message/resend')
  async resend(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @Param('message', { schema: z.uuid() }) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answer> {
    await this.findMessage(actor, profile, id);
    try {
      const copy = await this.sent.resend(actor, id);
      return redirectTo(`${pathOf(profile)}/${copy.id}`, 'flash.sent');
    } catch (error) {
      if (!(error instanceof TooOften)) throw error;
      return pageWith(429, await this.shown(v, actor, profile, id, comeBack(v, response, error)));
    }
  }

  private async shown(
    v: Viewer,
    actor: Actor,
    profile: string,
    id: string,
    refused: string | null,
  ): Promise<string> {
    const message = await this.findMessage(actor, profile, id);
    return page(
      v,
      await this.options(v, profile, subjectOf(v, message)),
      MessagePage({
        v,
        path: pathOf(profile),
        message,
        sends: may(actor, 'message.write', profile),
        refused,
        channelName: (of) => this.channels.nameOf(of, v.language),
      }),
    );
  }

  /** Throws NotFound if the message is not the institute's. */
  private async findMessage(actor: Actor, profile: string, id: string): Promise<NotificationView> {
    const message = await this.sent.viewById(actor, id);
    if (message.profile?.id !== profile) throw new NotFound('no-notification', { id });
    return message;
  }

  private async options(v: Viewer, profile: string, title: string): Promise<PageOptions> {
    const institute = await this.institutes.head(profile);
    return {
      title,
      place: 'messages',
      styles: ['account/account', 'outbox'],
      ...(v.actor?.profileId !== profile && { institute }),
    };
  }
}
