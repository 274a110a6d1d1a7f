import { Body, Controller, Get, Inject, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { ConfirmFirst, Field, FormError, LanguageOptions } from '../../../ui/parts.js';
import { type Actor, may } from '../../../kernel/actor.js';
import { type FormFields, NOTHING_TYPED, readForm, type Typed } from '../../../ui/form.js';
import { View, type Viewer } from '../../../ui/viewer.js';
import { PersonFields } from '../person-fields.js';
import { InstituteOverview, type InstituteView } from '../../api/institute-overview.js';
import { dayText } from '../../../ui/dates.js';
import { page } from '../../../ui/page.js';
import { Conflict } from '../../../kernel/errors.js';
import { InstituteInvitation, NewInstitute } from '../../new-institute.js';
import { CurrentActor, JustSignedIn, Needs } from '../../../platform/access/rule.js';
import type { Settings } from '../../../platform/config/settings.js';
import { SETTINGS } from '../../../platform/tokens.js';
import { whyNotInvited } from '../team/team.controller.js';
import { type Answer, pageWith, redirectTo } from '../../../ui/answer.js';

interface Shown {
  v: Viewer;
  sent: Typed;
}

function InstituteFields({ v, sent: { typed, errors } }: Shown) {
  return (
    <div class="fields long">
      <Field id="institute-name" label={v.t('profile.name')} error={errors['name']}>
        <input
          id="institute-name"
          name="name"
          required
          maxLength={200}
          autocomplete="off"
          value={typed['name']}
        />
      </Field>
      <Field
        id="institute-id"
        label={v.t('network.new.id')}
        help={v.t('network.new.id-help')}
        error={errors['id']}
      >
        <input
          id="institute-id"
          name="id"
          required
          maxLength={63}
          pattern="[a-z0-9][a-z0-9\-]*"
          autocomplete="off"
          value={typed['id']}
          aria-describedby={errors['id'] ? 'institute-id-help institute-id-error' : 'institute-id-help'}
        />
      </Field>
      <Field id="institute-language" label={v.t('form.language')} error={errors['language']}>
        <select id="institute-language" name="language">
          <LanguageOptions v={v} chosen={typed['language'] ?? v.language} />
        </select>
      </Field>
    </div>
  );
}

const OfficerFields = ({ v, sent }: Shown) => (
  <div class="fields long">
    <PersonFields
      id="officer"
      fields={{
        name: { name: 'officer.name', label: v.t('network.new.officer-name') },
        email: { name: 'officer.email', label: v.t('network.new.officer-email') },
      }}
      sent={sent}
    />
  </div>
);

function NewInstituteForm(shown: Shown) {
  const { v, sent } = shown;
  return (
    <form method="post" action="/institutes">
      <p class="muted small">{v.t('network.new.says')}</p>
      <ConfirmFirst v={v} />
      <FormError says={sent.errors['']} />
      <InstituteFields {...shown} />
      <OfficerFields {...shown} />
      <button class="primary" type="submit">
        {v.t('team.send')}
      </button>
    </form>
  );
}

interface InstitutesModel {
  institutes: InstituteView[];
  minScore: number;
  sent?: Typed;
}

/** All institutes with their status, and the form to invite another. */
const institutesPage = (v: Viewer, { institutes, minScore, sent }: InstitutesModel): string =>
  page(
    v,
    { title: v.t('network.title'), wide: true, place: 'institutes', styles: ['network', 'account/account'] },
    <>
      <div class="row spread">
        <h1>{v.t('network.title')}</h1>
        <p class="row">
          <a href="/figures">{v.t('figures.title')}</a>
          <a href="/coordinators">{v.t('network.coordinators')}</a>
        </p>
      </div>
      <p>
        {v.t('network.sum', {
          n: institutes.length,
          confirmed: institutes.filter((i) => i.confirmed).length,
          present: institutes.filter((i) => i.officers > 0).length,
        })}
      </p>
      {may(v.actor, 'institute.write') && (
        <details class="card" open={sent !== undefined}>
          <summary>{v.t('network.new')}</summary>
          <NewInstituteForm v={v} sent={sent ?? NOTHING_TYPED} />
        </details>
      )}
      {/* Cells stack on narrow screens; the roles keep it a table for screen readers. */}
      <table class="institutes" role="table">
        <thead role="rowgroup">
          <tr role="row">
            {(['network.institute', 'layout.profile', 'cockpit.last'] as const).map((key) => (
              <th key={key} scope="col" role="columnheader">
                {v.t(key)}
              </th>
            ))}
            <th class="number" scope="col" role="columnheader">
              {v.t('network.people')}
            </th>
            <th class="number" scope="col" role="columnheader">
              {v.t('cockpit.strong')}
            </th>
            <th scope="col" role="columnheader">
              {v.t('paging.label')}
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {institutes.map((i) => (
            <Row key={i.id} v={v} institute={i} />
          ))}
        </tbody>
      </table>
      <p class="muted small">{v.t('network.strong.help', { score: minScore })}</p>
    </>,
  );

/** A cell's heading, shown when the table head is hidden. */
const About = ({ children }: { children: string }) => (
  <span class="about" aria-hidden="true">
    {children}
  </span>
);

function Row({
  v,
  institute: { id, name, confirmed, notified, invited, people, officers, lastSeenAt, strongMatches },
}: {
  v: Viewer;
  institute: InstituteView;
}) {
  const link = (href: string, what: string) => (
    <a href={href} aria-label={v.t('network.of', { what, institute: name })}>
      {what}
    </a>
  );
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <a href={`/institutes/${id}/inbox`}>{name}</a>
      </th>
      <td role="cell">
        <About>{v.t('layout.profile')}</About>
        <span class={confirmed ? 'badge status-open' : 'badge'}>
          {v.t(confirmed ? 'network.confirmed' : 'network.to-confirm')}
        </span>
      </td>
      <td role="cell" class="last">
        <About>{v.t('cockpit.last')}</About>
        {lastSeenAt ? dayText(v, lastSeenAt) : v.t('text.never')}
      </td>
      <td role="cell" class="number">
        <About>{v.t('network.people')}</About>
        <span>
          {!notified && (
            <span class={invited ? 'badge' : 'badge changed'}>
              {v.t(invited ? 'network.invited' : 'network.no-recipients')}
            </span>
          )}{' '}
          {people}
        </span>
      </td>
      <td role="cell" class="number">
        <About>{v.t('cockpit.strong')}</About>
        {strongMatches}
      </td>
      <td role="cell" class="links">
        {link(`/institutes/${id}/profile`, v.t('layout.profile'))}
        {officers > 0
          ? link(`/institutes/${id}/team`, v.t('team.title'))
          : link(`/institutes/${id}/team#invite`, v.t('network.open.invite'))}
      </td>
    </tr>
  );
}

const invitationIn = ({ id, name, language, ...officer }: FormFields): FormFields => ({
  id,
  name,
  language,
  officer: { name: officer['officer.name'], email: officer['officer.email'] },
});

@ApiExcludeController()
@Controller('institutes')
export class InstitutesPages {
  constructor(
    private readonly institutes: InstituteOverview,
    private readonly newInstitute: NewInstitute,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Needs('institute.read')
  @Get()
  show(@View() v: Viewer): Promise<string> {
    return this.page(v);
  }

  @Needs('institute.write')
  @JustSignedIn()
  @Post()
  async invite(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answer> {
    const form = readForm(InstituteInvitation, body, v.language, invitationIn);
    if (!form.ok) {
      const errors = { ...form.errors, ...(form.errors['id'] && { id: v.t('network.new.id-wrong') }) };
      return pageWith(422, await this.page(v, { typed: form.typed, errors }));
    }
    try {
      await this.newInstitute.invite(form.value, actor);
    } catch (error) {
      const why =
        error instanceof Conflict
          ? { status: 409, errors: { '': v.t('network.new.taken') } }
          : whyNotInvited(v, response, error);
      return pageWith(why.status, await this.page(v, { typed: form.typed, errors: why.errors }));
    }
    return redirectTo('/institutes', 'flash.invited');
  }

  private async page(v: Viewer, sent?: Typed): Promise<string> {
    return institutesPage(v, {
      institutes: await this.institutes.overview(),
      minScore: this.settings.digest.minScore,
      ...(sent && { sent }),
    });
  }
}
