import type { ComponentChildren } from 'preact';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { type Actor, may } from '../../kernel/actor.js';
import { nameIn, labelsIn } from '../../profiles/domain/names-in.js';
import type { KnownJoint } from '../joint-opportunities.js';
import { InterestInput, type OpenedInterest } from '../domain/interest.js';
import { Dots, Field, FormError } from '../../ui/parts.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { Interests, type OwnInterest } from '../interests.js';
import { momentText } from '../../ui/dates.js';
import { CallDossier } from '../../calls/api/call-dossier.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { plainText, readForm, textIn } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { type Answer, pageWith, redirectTo } from '../../ui/answer.js';

/** What everyone may know about interest in a call. */
export interface SharedOfCall {
  opened: OpenedInterest[];
  joint: KnownJoint | null;
}

interface Shown extends SharedOfCall {
  v: Viewer;
  callId: string;
  /** The institute whose page it is; null for the network's page. */
  profileId: string | null;
}

export const interestPath = (profileId: string, callId: string): string =>
  `/institutes/${profileId}/calls/${callId}/interest`;
export const jointPath = (profileId: string | null, jointId: string): string =>
  profileId === null ? `/network/joint/${jointId}` : `/institutes/${profileId}/joint/${jointId}`;

/** The interest of one institute, and what can be done about it. */
export const Opened = ({
  v,
  one,
  children,
}: {
  v: Viewer;
  one: OpenedInterest;
  children?: ComponentChildren;
}) => (
  <li>
    <p>
      <strong>{v.t('together.interested', { name: nameIn(one.name, 'start', v.language) })}</strong>{' '}
      {one.leads && v.t('together.would-lead')}
      {one.brings !== null && (
        <>
          <br />
          {v.t('together.brings', { what: one.brings })}
        </>
      )}
      {one.competences.length > 0 && (
        <span class="small muted">
          <Dots parts={one.competencesByLanguage[v.language]} />
        </span>
      )}
    </p>
    {children}
  </li>
);

function Joint({ v, joint, opened, profileId, callId }: Shown) {
  const own = opened.some((i) => i.id === profileId);
  const inside = profileId !== null && v.actor?.profileId === profileId;
  if (joint)
    return (
      <p>
        {(joint.standing === 'member' && inside) || v.actor?.profileId === null ? (
          <a href={jointPath(inside ? profileId : null, joint.id)}>{v.t('joint.title')}</a>
        ) : (
          v.t('joint.title')
        )}{' '}
        <span class="muted">
          {joint.lead === null
            ? v.t('joint.no-lead')
            : v.t('joint.led-by', { name: nameIn(joint.lead, 'name', v.language) })}
        </span>
        {inside && (
          <>
            <br />
            {v.t(`joint.standing.${joint.standing}`)}
          </>
        )}
      </p>
    );
  if (!own || !inside || !may(v.actor, 'joint.write') || opened.length < 2) return null;
  return (
    <form method="post" action={`/institutes/${profileId}/joint`}>
      <input type="hidden" name="call" value={callId} />
      <button type="submit">{v.t('joint.begin')}</button>
      <p class="small muted">{v.t('joint.begin-says')}</p>
    </form>
  );
}

/**
 * Institutes interested in a call and what they offer, a link to open one's own interest, and the joint bid.
 */
export function InterestCard(shown: Shown) {
  const { v, opened, callId, profileId } = shown;
  const others = opened.filter((i) => i.id !== profileId);
  const own = opened.find((i) => i.id === profileId);
  const inside = profileId !== null && v.actor?.profileId === profileId;
  return (
    <section class="card no-print" aria-labelledby="interest">
      <h2 id="interest">{v.t('call.interest')}</h2>
      {others.length === 0 && !own && <p class="muted">{v.t('together.nobody')}</p>}
      {others.length > 0 && (
        <ul class="plain-list">
          {others.map((one) => (
            <Opened key={one.id} v={v} one={one} />
          ))}
        </ul>
      )}
      <Joint {...shown} />
      {profileId === null && may(v.actor, 'paper.write') && (
        <form method="post" action="/network/papers/offer">
          <input type="hidden" name="call" value={callId} />
          <input type="hidden" name="language" value={v.language} />
          <button type="submit">{v.t('papers.offer-of-call')}</button>
        </form>
      )}
      {inside && own && (
        <p>
          {v.t('together.ours')} <a href={interestPath(profileId, callId)}>{v.t('together.change')}</a>
        </p>
      )}
      {inside && !own && may(v.actor, 'joint.write') && (
        <p>
          <a class="button" href={interestPath(profileId, callId)}>
            {v.t('together.open')}
          </a>
        </p>
      )}
    </section>
  );
}

/** The badge in a list row: other interested institutes. */
export const InterestMark = ({ v, names }: { v: Viewer; names: string[] | undefined }) =>
  names?.length ? (
    <span class="badge interested" title={names.join(', ')}>
      {v.t('together.others', { n: names.length, name: names[0]! })}
    </span>
  ) : null;

/** The values of the form. */
interface InterestTyped {
  brings: string;
  competences: string[];
  leads: boolean;
  tell: boolean;
}

interface InterestShown {
  v: Viewer;
  profileId: string;
  call: { id: string; title: string; language: string };
  own: OwnInterest;
  /** Who at the institute gets the e-mails. */
  told: Awaited<ReturnType<Interests['told']>>;
  others: OpenedInterest[];
  typed: InterestTyped;
  /** The values that the form was first shown with: they come back, to tell what its reader changed. */
  shown: InterestTyped;
  errors: Record<string, string>;
}

/** The current interest, or else a proposal: the competences that fit. `isTold`: the reader gets e-mails. */
function typedOf({ opened, competences }: OwnInterest, isTold: boolean): InterestTyped {
  if (opened) {
    const { brings, competences: named, leads } = opened;
    return { brings: brings ?? '', competences: named, leads, tell: isTold };
  }
  return {
    brings: '',
    competences: competences.filter((c) => c.fits).map((c) => c.label),
    leads: false,
    tell: true,
  };
}

function Competences({ v, own, typed, errors }: InterestShown) {
  // Includes competences renamed since they were shared, so that they can be removed.
  const called = labelsIn(own.competences, v.language);
  const labels = [...new Set([...own.competences.map((c) => c.label), ...(own.opened?.competences ?? [])])];
  return (
    <fieldset disabled={!may(v.actor, 'joint.write')}>
      <legend>{v.t('together.competences')}</legend>
      {!own.opened && <p class="help muted small">{v.t('together.competences.help')}</p>}
      {labels.map((label) => (
        <label key={label} class="choice">
          <input
            type="checkbox"
            name="competences"
            value={label}
            checked={typed.competences.includes(label)}
          />
          {called(label)}
        </label>
      ))}
      {errors['competences'] && <p class="error">{errors['competences']}</p>}
    </fieldset>
  );
}

const ShownFields = ({ brings, competences, leads, tell }: InterestTyped) => (
  <>
    <input type="hidden" name="shown-brings" value={brings} />
    {competences.map((label) => (
      <input key={label} type="hidden" name="shown-competences" value={label} />
    ))}
    <input type="hidden" name="shown-leads" value={String(leads)} />
    <input type="hidden" name="shown-tell" value={String(tell)} />
  </>
);

/** A colleague withdrew the interest while this form to change it was open. */
const isWithdrawn = (body: Record<string, unknown>, { opened }: OwnInterest): boolean =>
  body['shown-opened'] === 'true' && opened === null;

function Form(shown: InterestShown) {
  const { v, profileId, call, own, told, typed, errors } = shown;
  const path = interestPath(profileId, call.id);
  const writes = may(v.actor, 'joint.write');
  return (
    <>
      <form method="post" action={path} class="card">
        <ShownFields {...shown.shown} />
        {own.opened && <input type="hidden" name="shown-opened" value="true" />}
        <FormError says={errors['']} />
        <p class="muted small">{v.t('together.says')}</p>
        <Field
          id="brings"
          label={v.t('together.brings.label')}
          help={v.t('together.brings.help')}
          error={errors['brings']}
        >
          <textarea
            id="brings"
            name="brings"
            rows={3}
            maxLength={500}
            disabled={!writes}
            aria-describedby="brings-help"
          >
            {typed.brings}
          </textarea>
        </Field>
        <Competences {...shown} />
        {(['leads', 'tell'] as const).map((name) => (
          <label key={name} class="choice">
            <input type="checkbox" name={name} value="true" checked={typed[name]} disabled={!writes} />
            {v.t(`together.${name}`)}
          </label>
        ))}
        {told && told.id !== v.actor?.personId && (
          <p class="muted small">{v.t('together.told', { name: told.name })}</p>
        )}
        {writes && (
          <p class="row">
            <button type="submit" class="primary">
              {v.t(own.opened ? 'form.save' : 'together.do-open')}
            </button>
          </p>
        )}
      </form>
      {own.opened && writes && (
        <form method="post" action={`${path}/withdraw`} class="withdraw">
          <button type="submit" class="danger">
            {v.t('together.withdraw')}
          </button>
        </form>
      )}
    </>
  );
}

/** The page of an institute's interest in a call, with the interests of others. */
function InterestPage(shown: InterestShown) {
  const { v, profileId, call, own, others } = shown;
  return (
    <div class="narrow">
      <p class="small">
        <a href={`/institutes/${profileId}/calls/${call.id}`} lang={call.language}>
          {call.title}
        </a>
      </p>
      <h1>{v.t('together.title')}</h1>
      {own.joint && <p>{v.t(`joint.standing.${own.joint.state}`)}</p>}
      {own.opened && own.opened.by !== '' && (
        <p class="muted small">
          {v.t('together.opened-by', {
            by: own.opened.by,
            when: momentText(v, own.opened.openedAt),
          })}
        </p>
      )}
      <Form {...shown} />
      {others.length > 0 && (
        <section aria-labelledby="others">
          <h2 id="others">{v.t('call.interest')}</h2>
          <ul class="plain-list">
            {others.map((one) => (
              <Opened key={one.id} v={v} one={one} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

const Id = z.uuid();
const several = (value: unknown): string[] =>
  [value].flat().filter((v): v is string => typeof v === 'string' && v !== '');
const typedIn = (body: Record<string, unknown>, prefix = ''): InterestTyped => ({
  brings: plainText(textIn(body[`${prefix}brings`])),
  competences: several(body[`${prefix}competences`]),
  leads: body[`${prefix}leads`] === 'true',
  tell: body[`${prefix}tell`] === 'true',
});

const isSame = (a: unknown, b: unknown): boolean =>
  JSON.stringify([a].flat().sort()) === JSON.stringify([b].flat().sort());

/** The form with what somebody changed in it: a colleague may have changed the fields that it leaves. */
const changedIn = (typed: InterestTyped, shown: InterestTyped, standing: InterestTyped): InterestTyped => ({
  ...standing,
  ...Object.fromEntries(
    Object.entries(typed).filter(([name, value]) => !isSame(value, shown[name as keyof InterestTyped])),
  ),
});

@ApiExcludeController()
@Controller('institutes/:profile/calls/:call/interest')
export class InterestPages {
  constructor(
    private readonly interests: Interests,
    private readonly dossier: CallDossier,
  ) {}

  @Needs('joint.read', 'profile')
  @Get()
  show(
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @Param('call', { schema: Id }) callId: string,
  ): Promise<string> {
    return this.render(v, profileId, callId, null);
  }

  @Needs('joint.write', 'profile')
  @Post()
  async open(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profileId: string,
    @Param('call', { schema: Id }) callId: string,
    @Body() body: Record<string, unknown>,
  ): Promise<Answer> {
    const [typed, shown] = [typedIn(body), typedIn(body, 'shown-')];
    const own = await this.interests.own(profileId, callId);
    if (isWithdrawn(body, own)) {
      const errors = { '': v.t('together.withdrawn-meanwhile') };
      return pageWith(409, await this.render(v, profileId, callId, { typed, shown: typed, errors }));
    }
    const left = 'shown-leads' in body ? own.opened : null;
    const meant = left ? changedIn(typed, shown, typedOf(own, left.tell)) : typed;
    const sent = readForm(InterestInput, meant, v.language);
    if (sent.ok) {
      const keepsTold = left !== null && typed.tell === shown.tell;
      await this.interests.open(actor, profileId, callId, sent.value, keepsTold);
      return redirectTo(`/institutes/${profileId}/calls/${callId}`, 'flash.interest-open');
    }
    return pageWith(422, await this.render(v, profileId, callId, { typed, shown, errors: sent.errors }));
  }

  @Needs('joint.write', 'profile')
  @Post('withdraw')
  async withdraw(
    @Param('profile') profileId: string,
    @Param('call', { schema: Id }) callId: string,
  ): Promise<Answer> {
    await this.interests.withdraw(profileId, callId);
    return redirectTo(`/institutes/${profileId}/calls/${callId}`, 'flash.interest-withdrawn');
  }

  private async render(
    v: Viewer,
    profileId: string,
    callId: string,
    sent: Pick<InterestShown, 'typed' | 'shown' | 'errors'> | null,
  ): Promise<string> {
    const [{ id, title, language }, own, told, all] = await Promise.all([
      this.dossier.call(callId, v.language),
      this.interests.own(profileId, callId),
      this.interests.told(profileId, callId),
      this.interests.forCall(callId),
    ]);
    const others = all.filter((i) => i.id !== profileId);
    const standing = typedOf(own, told !== null && told.id === v.actor?.personId);
    return page(
      v,
      { title: v.t('together.title'), wide: true, place: 'calls', styles: ['network'] },
      InterestPage({
        v,
        profileId,
        call: { id, title, language },
        own,
        told,
        others,
        ...(sent ?? { typed: standing, shown: standing, errors: {} }),
      }),
    );
  }
}
