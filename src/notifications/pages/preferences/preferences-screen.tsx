import { DateTime } from 'luxon';
import { YES_OR_NO } from '../../domain/preferences/preferences.js';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { MessageKey } from '../../../i18n/all.js';
import { type FormFields, numberIn, readForm, textIn, type Typed, typedOf } from '../../../ui/form.js';
import type { Viewer } from '../../../ui/viewer.js';
import { answerIn } from '../../domain/delivery/answer-in.js';
import { zoneIn } from '../../domain/content/message-view.js';
import { UNSUBSCRIBED } from '../../domain/delivery/channel.js';
import { type Following, PreferencesInput, type PreferencesView } from '../../api/preferences-views.js';
import { dayText, zonedText } from '../../../ui/dates.js';
import { Dots, Field, LanguageOptions } from '../../../ui/parts.js';
import { WhyLinks } from '../../../explain/pages/why-links.js';
import { FollowButton, type FollowShown } from './follow-button.js';
import { MainPreferences, MorePreferences, PipelineSentence } from './preference-fields.js';
import { BadRequest } from '../../../kernel/errors.js';
import { FOLLOW_KINDS } from '../../domain/content/message.js';
import { PreferencesOverview, type WaitingItem } from '../../preferences/preferences-overview.js';
import { NotificationPreferences, type PreferencesOwner } from '../../preferences/preferences.js';
import type { PipelineMails } from '../../../access/domain/sign-in-mails.js';
import { page, type PageOptions } from '../../../ui/page.js';

/** A list of numbers, as people write it. */
const numbersIn = (value: unknown): unknown =>
  typeof value === 'string'
    ? value
        .split(/[\s,;]+/)
        .filter(Boolean)
        .map(Number)
    : value;
const YES_NO: Record<string, boolean> = { yes: true, no: false };
const yesNoIn = (value: unknown): unknown => YES_NO[textIn(value)] ?? value;

/**
 * The preferences in a form; an empty field inherits the default. Without their fields it is another form,
 * which must not set all of them back.
 */
export const preferencesIn = (fields: FormFields): FormFields | undefined => {
  if (!('frequency' in fields)) return undefined;
  const { frequency, weekday, at, zone, dailyLimit, deadlineDays, from } = fields;
  return {
    ...{ frequency, weekday, at, zone, from },
    ...Object.fromEntries(YES_OR_NO.map((name) => [name, yesNoIn(fields[name])])),
    dailyLimit: numberIn(dailyLimit),
    deadlineDays: numbersIn(deadlineDays),
  };
};

/** The day until which messages pause, as the moment at which it begins in the reader's zone. */
function pauseIn(day: unknown, zone: string): unknown {
  if (day === undefined) return null;
  const begins = DateTime.fromISO(textIn(day), { zone });
  return begins.isValid ? begins.toUTC().toISO() : day;
}

/** The choices of a person in a form. `zoneThatHolds` is theirs unless they choose another one. */
const choicesIn =
  (zoneThatHolds: string) =>
  (fields: FormFields): FormFields => ({
    preferences: preferencesIn(fields),
    pausedUntil: pauseIn(fields['pausedUntil'], textIn(fields['zone']) || zoneThatHolds),
    language: fields['language'],
    pipeline: fields['pipeline'],
  });

const WRONG: Record<string, MessageKey> = {
  at: 'preferences.wrong.at',
  zone: 'preferences.wrong.zone',
  dailyLimit: 'preferences.wrong.dailyLimit',
  deadlineDays: 'preferences.wrong.deadlineDays',
  pausedUntil: 'preferences.wrong.pausedUntil',
};

/** Returns the error message of each invalid field, in the reader's language. */
export const wrong = (v: Viewer, fields: string[]): Record<string, string> =>
  Object.fromEntries(
    fields
      .map((f) => f.replace(/^preferences\./, '').split('.')[0]!)
      .map((f) => [f, v.t(WRONG[f] ?? 'preferences.wrong.choice')]),
  );

/** The data of the page; its forms post below `path`. */
interface PreferencesModel {
  path: string;
  recipient: PreferencesView;
  waiting: WaitingItem[];
  sent: Typed;
  /** Null unless signed in: then shows where messages go, and offers what else to follow. */
  offers: FollowShown[] | null;
}

type Shown = PreferencesModel & { v: Viewer };

const clock = (v: Viewer, at: string, zone: string): string =>
  v.t('preferences.zone', { when: zonedText(v, at, zone), zone: zoneIn(zone, v.t) });

function State({ v, recipient, waiting, offers }: Shown) {
  const { stopped, pausedUntil, nextDigestAt, holds } = recipient;
  return (
    <section class="card" aria-labelledby="state">
      <h2 id="state">{v.t('preferences.menu')}</h2>
      {offers && <p>{v.t('preferences.to', { address: recipient.address })}</p>}
      {stopped && (
        <p class="notice warn">
          {stopped.why === UNSUBSCRIBED
            ? v.t('preferences.stopped', { day: dayText(v, stopped.at) })
            : v.t('preferences.stopped-gone', {
                day: dayText(v, stopped.at),
                why: answerIn(stopped.why, v.language),
              })}
        </p>
      )}
      {!stopped && pausedUntil && (
        <p class="notice warn">{v.t('preferences.paused', { when: clock(v, pausedUntil, holds.zone) })}</p>
      )}
      {nextDigestAt ? (
        <p>{v.t('message.foot.next', { when: clock(v, nextDigestAt, holds.zone) })}</p>
      ) : (
        !stopped && <p class="muted">{v.t('preferences.nothing')}</p>
      )}
      {nextDigestAt && <p>{v.t('preferences.waiting', { n: recipient.waiting })}</p>}
      {waiting.length > 0 && (
        <ul>
          {waiting.map((n) => (
            <li key={n.key}>
              {n.kind === 'answer' || n.kind === 'source'
                ? v.t(`preferences.waiting.${n.kind}`)
                : v.t(`preferences.waiting.${n.kind}`, { title: n.title })}
            </li>
          ))}
        </ul>
      )}
      {offers && v.actor?.profileId && <WhyLinks v={v} profileId={v.actor.profileId} />}
    </section>
  );
}

function Followed({
  v,
  path,
  follow: { kind, target, name, origin, since, following },
}: {
  v: Viewer;
  path: string;
  follow: Following;
}) {
  return (
    <li class="entry">
      <div class="entry-what">
        <p class="entry-name">
          {name} <span class="badge">{v.t(`preferences.kind.${kind}`)}</span>
        </p>
        <p class="muted small">
          {following ? (
            <Dots
              parts={[
                origin && v.t(`preferences.origin.${origin}`),
                since && v.t('text.since', { day: dayText(v, since) }),
              ]}
            />
          ) : (
            v.t('preferences.left')
          )}
        </p>
      </div>
      <form method="post" action={`${path}/${following ? 'leave' : 'join'}`}>
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="target" value={target} />
        <button
          type="submit"
          aria-label={v.t(following ? 'preferences.leave-which' : 'preferences.follow-which', { name })}
        >
          {v.t(following ? 'preferences.leave' : 'preferences.follow')}
        </button>
      </form>
    </li>
  );
}

function Follows({ v, path, recipient, offers }: Shown) {
  return (
    <section class="card" aria-labelledby="follows">
      <h2 id="follows">{v.t('preferences.follows')}</h2>
      {recipient.follows.length === 0 ? (
        // Otherwise it is said above.
        (recipient.stopped || recipient.nextDigestAt) && <p class="muted">{v.t('preferences.nothing')}</p>
      ) : (
        <ul class="entries">
          {recipient.follows.map((f) => (
            <Followed key={`${f.kind}/${f.target}`} v={v} path={path} follow={f} />
          ))}
        </ul>
      )}
      {offers && offers.length > 0 && (
        <>
          <h3>{v.t('preferences.offers')}</h3>
          <ul class="entries">
            {offers.map((o) => (
              <li key={`${o.kind}/${o.target}`} class="entry">
                <p class="entry-what">{o.name}</p>
                <FollowButton v={v} shown={o} />
              </li>
            ))}
          </ul>
        </>
      )}
      {offers && <p class="muted small">{v.t('preferences.offers-help')}</p>}
    </section>
  );
}

function PreferenceForm({ v, path, recipient, sent }: Shown) {
  const language = sent.typed['language'] ?? recipient.language;
  const until =
    sent.typed['pausedUntil'] ??
    (recipient.pausedUntil === null ? '' : dayIn(recipient.pausedUntil, recipient.holds.zone));
  const shown = { v, preferences: recipient.preferences, defaults: recipient.defaults, sent };
  return (
    <form method="post" action={path} class="card">
      <h2>{v.t('preferences.when')}</h2>
      <p class="muted small">{v.t('preferences.empty')}</p>
      <MainPreferences {...shown}>
        <Field
          id="pausedUntil"
          label={v.t('preferences.pause')}
          help={v.t('preferences.pause-help')}
          error={sent.errors['pausedUntil']}
        >
          <input
            id="pausedUntil"
            name="pausedUntil"
            type="date"
            value={until}
            aria-describedby={sent.errors['pausedUntil'] ? 'pausedUntil-error' : 'pausedUntil-help'}
          />
        </Field>
      </MainPreferences>
      {recipient.pipeline !== null && (
        <PipelineSentence v={v} chosen={sent.typed['pipeline'] ?? recipient.pipeline} />
      )}
      <MorePreferences {...shown}>
        <Field id="language" label={v.t('preferences.language')}>
          <select id="language" name="language">
            <LanguageOptions v={v} chosen={language} />
          </select>
        </Field>
      </MorePreferences>
      <p>
        <button class="primary" type="submit">
          {v.t('form.save')}
        </button>
      </p>
    </form>
  );
}

/** Returns the date at an instant in a zone, in the format of date fields. */
const dayIn = (at: string, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date(at));

function All({ v, path, recipient }: Shown) {
  return (
    <section class="card" aria-labelledby="all">
      <h2 id="all">{v.t('preferences.all')}</h2>
      {recipient.stopped ? (
        <form method="post" action={`${path}/start`}>
          <button class="primary" type="submit">
            {v.t('preferences.start')}
          </button>
        </form>
      ) : (
        <>
          <p>{v.t('preferences.all-help')}</p>
          <form method="post" action={`${path}/stop`}>
            <button class="danger" type="submit">
              {v.t('preferences.stop')}
            </button>
          </form>
        </>
      )}
    </section>
  );
}

/** What a person receives, why and when, and all their settings, as plain forms with one decision each. */
const PreferencesPage = (shown: Shown) => (
  <div class="narrow">
    <h1>{shown.v.t('preferences.title')}</h1>
    <State {...shown} />
    <Follows {...shown} />
    <PreferenceForm {...shown} />
    <All {...shown} />
  </div>
);

/** The number of waiting items listed. */
const MOST_WAITING = 20;

/** The actions of the page's buttons. */
export const Step = z.enum(['stop', 'start', 'leave', 'join']);
export type Step = z.infer<typeof Step>;
const Target = z.object({ kind: z.enum(FOLLOW_KINDS), target: z.string().min(1).max(200) });

const FLASH = {
  stop: 'flash.stopped',
  start: 'flash.started',
  leave: 'flash.left',
  join: 'flash.followed',
} as const;

/** Shown to people who are signed in: what else they may follow, and their setting for pipeline e-mails. */
interface OwnShown {
  offers: (recipient: PreferencesView) => FollowShown[];
  pipeline: PipelineMails | null;
}

/** The page with a person's notification settings, for a link and for people who are signed in. */
@Injectable()
export class PreferencesScreen {
  constructor(
    private readonly preferences: NotificationPreferences,
    private readonly overview: PreferencesOverview,
  ) {}

  async shown(
    v: Viewer,
    recipient: PreferencesOwner,
    path: string,
    sent: Typed,
    own: OwnShown | null,
  ): Promise<string> {
    const view = await this.overview.forRecipient(recipient, own?.pipeline);
    const waiting = await this.overview.waiting(recipient.id, MOST_WAITING);
    const options: PageOptions = {
      title: v.t('preferences.title'),
      styles: ['account/account'],
      ...(own && { place: 'notification-preferences' as const }),
    };
    return page(
      v,
      options,
      PreferencesPage({ v, path, recipient: view, waiting, sent, offers: own && own.offers(view) }),
    );
  }

  /** Saves the form; if anything is invalid, changes nothing and returns the form with its errors. */
  async saved(
    v: Viewer,
    recipient: PreferencesOwner,
    body: unknown,
    choose: (input: PreferencesInput) => Promise<void>,
  ): Promise<Typed | null> {
    const { holds } = await this.overview.forRecipient(recipient);
    const sent = readForm(PreferencesInput, body, v.language, choicesIn(holds.zone));
    if (!sent.ok) return { typed: sent.typed, errors: wrong(v, Object.keys(sent.errors)) };
    try {
      await choose(sent.value);
      return null;
    } catch (error) {
      if (!(error instanceof BadRequest)) throw error;
      return { typed: typedOf((body ?? {}) as Record<string, unknown>), errors: wrong(v, ['pausedUntil']) };
    }
  }

  /** Runs a button's action; returns the message to show. */
  async step(v: Viewer, { id }: PreferencesOwner, step: Step, body: unknown): Promise<(typeof FLASH)[Step]> {
    if (step === 'stop') await this.preferences.stop(id);
    else if (step === 'start') await this.preferences.resume(id);
    else await this.leaveOrJoin(v, id, step, body);
    return FLASH[step];
  }

  private async leaveOrJoin(v: Viewer, id: string, step: 'leave' | 'join', body: unknown): Promise<void> {
    const sent = readForm(Target, body, v.language);
    if (!sent.ok) throw new BadRequest('form-incomplete');
    await (step === 'leave'
      ? this.preferences.leave(id, sent.value)
      : this.preferences.rejoin(id, sent.value));
  }
}
