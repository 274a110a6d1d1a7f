import { Fragment } from 'preact';
import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { actionInShort, deadlineInShort } from '../../calls/domain/facts/call-facts.js';
import { moneyPhrase } from '../../calls/domain/facts/budget.js';
import { Verdict, VERDICT_REASONS, VerdictReason } from '../../matching/domain/verdict.js';
import { MAIL_LINK_DAYS } from '../../notifications/domain/content/mail-link.js';
import { webAddress } from '../../kernel/web-address.js';
import { Dots, Identifier, StatusBadge } from '../../ui/parts.js';
import { View, type Viewer, viewerByLink } from '../../ui/viewer.js';
import {
  type LinkedCall,
  type LinkedDecision,
  LinkedDecisions,
  type LinkedDecisionShown,
} from '../linked-decisions.js';
import { homeOf, signInFromMail } from '../../access/domain/landing.js';
import type { Actor } from '../../kernel/actor.js';
import { Conflict, Gone, NotFound } from '../../kernel/errors.js';
import { type DecisionLink, MailLinks } from '../../notifications/mail-links.js';
import { networkOf, RateLimit } from '../../platform/access/rate-limit.js';
import { type AuthenticatedRequest, Open } from '../../platform/access/rule.js';
import { wantsPage } from '../../platform/api/input.pipe.js';
import { type FormFields, numberIn, readForm, severalIn, taken } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { PageByLink } from '../../ui/page-for-anyone.js';
import { Decision } from '../domain/decision.js';
import { type Answer, pageWith, redirectTo } from '../../ui/answer.js';

interface DecideShown {
  v: Viewer;
  shown: LinkedDecisionShown;
  verdict: 'relevant' | 'not';
  /** The page's own address, with the link's secret. */
  path: string;
  list: string;
}

/** What everybody may know of the call: the page of a forwarded mail shows nothing of the institute's own. */
function About({
  v,
  call: { content: call, total, status },
  now,
}: {
  v: Viewer;
  call: LinkedCall;
  now: Date;
}) {
  const source = webAddress(call.url);
  return (
    <>
      <p class="title" lang={call.language}>
        {call.title}
      </p>
      <p class="row small">
        <Identifier v={v} call={call} />
        {status !== 'open' && <StatusBadge v={v} status={status} />}
        {source && (
          <a href={source} rel="noreferrer">
            {v.t('message.source-page')}
          </a>
        )}
      </p>
      <p class="muted small">
        <Dots
          parts={[
            status === 'withdrawn' ? null : deadlineInShort(call, now, v.language),
            moneyPhrase(call, v.language, total),
            actionInShort(call, v.language),
          ]}
        />
      </p>
    </>
  );
}

function keepWords(v: Viewer, [first, ...others]: LinkedCall[]): string {
  if (others.length > 0) return v.t('verdict.all.relevant');
  return v.t(first!.verdict === null ? 'verdict.relevant' : 'decide.change');
}

/** One button, or one for each reason: a decision is one press, and nothing is typed. */
function Buttons({ v, shown: { calls }, verdict, path }: DecideShown) {
  return (
    <form method="post" action={path}>
      {calls.map((call) => (
        <Fragment key={call.id}>
          <input type="hidden" name="shown" value={call.verdict ?? 'none'} />
          <input type="hidden" name="version" value={call.version} />
        </Fragment>
      ))}
      {verdict === 'relevant' ? (
        <button class="primary" type="submit">
          {keepWords(
            v,
            calls.filter(({ open }) => open),
          )}
        </button>
      ) : (
        <fieldset class="reasons">
          <legend>{v.t('inbox.not-because')}</legend>
          {VERDICT_REASONS.map((reason) => (
            <button key={reason} type="submit" name="reason" value={reason}>
              {v.t(`verdict-reason.${reason}`)}
            </button>
          ))}
        </fieldset>
      )}
    </form>
  );
}

/** What is decided on a call; null if nothing is. `stays`: the link decides on others alone. */
function StandingNotice({
  v,
  call: { own, verdict },
  stays,
}: {
  v: Viewer;
  call: LinkedCall;
  stays: boolean;
}) {
  if (verdict === null) return null;
  if (own === null)
    return (
      <p class="notice">
        {v.t('decide.already', { verdict: v.t(`verdict.${verdict}`) })}
        {stays && ` ${v.t('decide.stays')}`}
      </p>
    );
  const words =
    own.reason === null
      ? v.t(`verdict.${verdict}`)
      : v.t('inbox.decided.not', { reason: v.t(`verdict-reason.${own.reason}`) });
  return <p class="notice">{v.t('decide.done', { verdict: words })}</p>;
}

/** Asks for confirmation: programs that scan e-mails open every link in them. */
function DecidePage(page: DecideShown) {
  const { v, shown, verdict, path, list } = page;
  return (
    <div class="narrow card decide-page">
      <p class="muted">{shown.institute}</p>
      <h1>{v.t(`decide.title.${verdict}`, { n: shown.calls.length })}</h1>
      {shown.calls.map((call) => (
        <section key={call.id}>
          <About v={v} call={call} now={shown.now} />
          <StandingNotice v={v} call={call} stays={shown.calls.length > 1 && call.verdict !== verdict} />
        </section>
      ))}
      {shown.calls.some(({ own }) => own) && (
        <form method="post" action={`${path}/undo`}>
          <button type="submit">{v.t('inbox.undo')}</button>
        </form>
      )}
      {shown.calls.some(({ open }) => open) && <Buttons {...page} />}
      <p>
        <a href={list}>{v.t('decide.list')}</a>
      </p>
      <p class="muted small">{v.t('decide.by-link')}</p>
    </div>
  );
}

/** Why a link decides nothing. */
type DeadLink = 'expired' | 'ended' | 'unknown';

const DeadDecideLink = ({
  v,
  title,
  why,
  signIn,
}: {
  v: Viewer;
  title: string;
  why: DeadLink;
  signIn: string;
}) => (
  <section class="narrow">
    <h1>{title}</h1>
    <p>{v.t(`decide.${why}`, { days: MAIL_LINK_DAYS })}</p>
    <p>
      <a class="button" href={signIn}>
        {v.t('sign-in.link.button')}
      </a>
    </p>
  </section>
);

const pathOf = (token: string): string => `/decide/${encodeURIComponent(token)}`;

/** `shown`: each call as the page showed it. Only "not" has a reason, and needs one. */
const shown = z.array(
  z.object({
    verdict: z.union([Verdict, z.literal('none').transform(() => null)]),
    version: Decision.shape.version.unwrap(),
  }),
);
const FORMS = {
  relevant: z.object({ shown, reason: z.null().default(null) }),
  not: z.object({ shown, reason: VerdictReason }),
};
type DecideValues = z.output<(typeof FORMS)[keyof typeof FORMS]>;

/** The fields of a form for these calls: one line of values for each. */
const decideFields = (
  { shown: verdicts, version, ...fields }: FormFields,
  { callIds }: DecisionLink,
): FormFields => ({
  ...fields,
  shown: callIds.map((_, i) => ({
    verdict: severalIn(verdicts)[i],
    version: numberIn(severalIn(version)[i]),
  })),
});

/**
 * The target of the buttons in an e-mail. The link is the only credential: a browser's session is not used,
 * so another site has nothing to borrow, and its forms are refused as everywhere.
 */
@ApiExcludeController()
@Open('the link of the message is the credential: its reader decides on its calls without signing in')
@Controller('decide')
export class DecidePages {
  constructor(
    private readonly links: MailLinks,
    private readonly decisions: LinkedDecisions,
    private readonly limits: RateLimit,
  ) {}

  /** Only shows: mail scanners open every link of an e-mail. */
  @Get(':token')
  @PageByLink()
  async show(
    @View() viewer: Viewer,
    @Req() request: AuthenticatedRequest,
    @Param('token') token: string,
  ): Promise<Answer> {
    const link = await this.links.decision(token);
    if (link === null || typeof link === 'string')
      return this.dead(viewer, request, token, link ?? 'unknown');
    const v = viewerByLink(viewer, request, link.person.language);
    const { verdict } = link;
    const shown = await this.decisions.show({ ...link, from: request.ip });
    return page(
      v,
      { title: v.t(`decide.title.${verdict}`, { n: shown.calls.length }), styles: ['inbox'] },
      DecidePage({ v, shown, verdict, path: pathOf(token), list: listOf(link.person) }),
    );
  }

  @Post(':token')
  @PageByLink()
  decide(
    @View() viewer: Viewer,
    @Req() request: AuthenticatedRequest,
    @Param('token') token: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    return this.change(viewer, request, token, (link) => {
      const values = readForm<DecideValues>(FORMS[link.verdict], body, viewer.language, (fields) =>
        decideFields(fields, link),
      );
      return this.decisions.decide(link, taken(values));
    });
  }

  @Post(':token/undo')
  @PageByLink()
  undo(
    @View() viewer: Viewer,
    @Req() request: AuthenticatedRequest,
    @Param('token') token: string,
  ): Promise<Answer> {
    return this.change(viewer, request, token, (link) => this.decisions.undo(link));
  }

  /** Changes something and returns to the page, which shows what is decided now. */
  private async change(
    viewer: Viewer,
    request: AuthenticatedRequest,
    token: string,
    work: (link: DecisionLink & LinkedDecision) => Promise<void>,
  ): Promise<Answer> {
    const link = await this.links.decision(token);
    if (link === null || typeof link === 'string')
      return this.dead(viewer, request, token, link ?? 'unknown');
    await this.limits.take('choices by a link', token);
    try {
      await work({ ...link, from: request.ip });
      return redirectTo(pathOf(token));
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      return redirectTo(pathOf(token), 'flash.overtaken');
    }
  }

  /** The page for a link that decides nothing, with a way to sign in. */
  private async dead(
    viewer: Viewer,
    request: AuthenticatedRequest,
    token: string,
    why: DeadLink,
  ): Promise<Answer> {
    await this.limits.take('dead links used from a network', networkOf(request));
    if (!wantsPage(request)) throw why === 'unknown' ? new NotFound('bad-link') : new Gone('link-ended');
    const reader = await this.links.reader(token);
    const v = viewerByLink(viewer, request, reader?.language);
    const title = v.t(`decide.${why}-title`);
    const signIn = reader ? listOf(reader) : '/sign-in';
    return pageWith(
      why === 'unknown' ? 404 : 410,
      page(v, { title }, DeadDecideLink({ v, title, why, signIn })),
    );
  }
}

/** The list, by way of a sign-in page that knows whom the e-mail was sent to. */
const listOf = (reader: { id: string } & Pick<Actor, 'profileId' | 'role'>): string =>
  signInFromMail(reader.id, homeOf(reader));
