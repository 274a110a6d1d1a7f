import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { ConfirmFirst, Field } from '../../ui/parts.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { ChangedSince, Personal, type Preview } from '../personal.js';
import { type Actor, may } from '../../kernel/actor.js';
import { NOTHING_TYPED, readForm, type Typed } from '../../ui/form.js';
import { Conflict } from '../../kernel/errors.js';
import { CurrentActor, InPerson, JustSignedIn, Needs, Oneself } from '../../platform/access/rule.js';
import { Heavy } from '../../platform/api/limits.js';
import { page } from '../../ui/page.js';
import { ConfirmForm, EraseForm, WhoseForm } from '../api/personal-data.controller.js';
import { type Answer, pageWith, redirectTo } from '../../ui/answer.js';

/** More would hide the button; the answer of the API has all of them. */
const MOST_SHOWN = 200;

interface Shown {
  v: Viewer;
  preview: Preview;
  /** Whose data; null for the reader's own. */
  email: string | null;
}

/** What an erasure changes and what it leaves, with the button that does it. */
function ErasurePage({ v, preview, email, refused }: Shown & { refused: string | null }) {
  const rows = Object.values(preview.data).reduce((sum, n) => sum + n, 0);
  return (
    <>
      <h1>{email === null ? v.t('personal.erase') : v.t('personal.erase.whose', { email })}</h1>
      {refused && (
        <p class="notice warn" role="alert">
          {refused}
        </p>
      )}
      <p>{v.t(email === null ? 'personal.erase.says' : 'personal.others.says')}</p>
      <p>{v.t('personal.preview.rows', { n: rows })}</p>
      <h2>{v.t('personal.preview.texts')}</h2>
      <Texts v={v} texts={preview.texts} />
      <h2>{v.t('personal.untouched')}</h2>
      <p>{v.t('personal.untouched.says')}</p>
      {preview.untouched.length > 0 && (
        <ul>
          {preview.untouched.map(({ place, institute, texts: n }) => (
            <li key={`${place}/${institute}`}>
              {v.t('personal.untouched.where', {
                n,
                where: v.t(`personal.place.${place}`),
                whose: institute ?? v.t('personal.network'),
              })}
            </li>
          ))}
        </ul>
      )}
      <Confirm v={v} preview={preview} email={email} />
    </>
  );
}

/** The texts that change; those that the reader may not read are counted. */
function Texts({ v, texts }: { v: Viewer; texts: Preview['texts'] }) {
  if (texts.length === 0) return <p>{v.t('personal.preview.none')}</p>;
  const read = texts.filter((text) => text.around !== null);
  const unread = new Map<(typeof texts)[number]['place'], number>();
  for (const { place, around } of texts) if (around === null) unread.set(place, (unread.get(place) ?? 0) + 1);
  return (
    <>
      <p>{v.t('personal.preview.says', { n: texts.length })}</p>
      <ul>
        {read.slice(0, MOST_SHOWN).map((text) => (
          <li key={`${text.place}/${text.row}/${text.field}`}>
            {v.t(`personal.place.${text.place}`)}
            {text.around!.map((words, i) => (
              <blockquote key={i} class="small">
                {words}
              </blockquote>
            ))}
          </li>
        ))}
        {read.length > MOST_SHOWN && <li>{v.t('personal.preview.more', { n: read.length - MOST_SHOWN })}</li>}
        {[...unread].map(([place, n]) => (
          <li key={place}>{v.t('personal.preview.unread', { where: v.t(`personal.place.${place}`), n })}</li>
        ))}
      </ul>
    </>
  );
}

function Confirm({ v, preview, email }: Shown) {
  return (
    <form method="post" action={email === null ? '/personal-data/erase' : '/personal-data/of/erase'}>
      <ConfirmFirst v={v} />
      <input type="hidden" name="confirm" value={preview.confirm} />
      {email !== null && <input type="hidden" name="email" value={email} />}
      <p class="row">
        <button type="submit" class="danger">
          {v.t(email === null ? 'personal.erase.sure' : 'personal.others.erase')}
        </button>
        <a class="button" href="/personal-data">
          {v.t('form.cancel')}
        </a>
      </p>
    </form>
  );
}

/** The reader's own data and, for people who may write, the data of others at their institute. */
function PersonalDataPage({ v, sent }: { v: Viewer; sent: Typed }) {
  return (
    <>
      <h1>{v.t('personal.title')}</h1>
      <section class="card">
        <h2>{v.t('personal.own')}</h2>
        <p>
          {v.t('personal.own.says')} <a href="/privacy">{v.t('privacy.title')}</a>
        </p>
        <form method="post" action="/personal-data/download">
          <button type="submit">{v.t('personal.download')}</button>
        </form>
        <p>
          <a class="button" href="/personal-data/erase">
            {v.t('personal.preview.own')}
          </a>
        </p>
      </section>
      {may(v.actor, 'personal-data.write') && <OfOthers v={v} sent={sent} />}
    </>
  );
}

function OfOthers({ v, sent }: { v: Viewer; sent: Typed }) {
  return (
    <section class="card">
      <h2>{v.t('personal.others')}</h2>
      <p>{v.t('personal.others.says')}</p>
      <form method="post" action="/personal-data/of/download">
        <ConfirmFirst v={v} />
        <Field id="whose" label={v.t('personal.email')} error={sent.errors['email']}>
          <input
            id="whose"
            name="email"
            type="email"
            required
            maxLength={320}
            autocomplete="off"
            value={sent.typed['email']}
            aria-describedby={sent.errors['email'] ? 'whose-error' : undefined}
          />
        </Field>
        <p class="row">
          <button type="submit">{v.t('personal.download')}</button>
          <button type="submit" formaction="/personal-data/of/preview">
            {v.t('personal.preview.other')}
          </button>
        </p>
      </form>
    </section>
  );
}

/** A person's own data, and data that their institute keeps about others. */
@ApiExcludeController()
@Oneself()
@Controller('personal-data')
export class PersonalDataPages {
  constructor(private readonly personal: Personal) {}

  @Get()
  show(@View() v: Viewer): string {
    return this.page(v, NOTHING_TYPED);
  }

  @InPerson()
  @Heavy()
  @Post('download')
  async download(
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    return this.file(response, await this.personal.own(actor));
  }

  @Get('erase')
  async previewOwn(@View() v: Viewer, @CurrentActor() actor: Actor): Promise<string> {
    return this.erasure(v, await this.personal.previewOwn(actor), null, null);
  }

  @JustSignedIn()
  @Post('erase')
  async eraseOwn(@View() v: Viewer, @CurrentActor() actor: Actor, @Body() body: unknown): Promise<Answer> {
    const form = readForm(ConfirmForm, body, v.language);
    const refused = form.ok
      ? await this.refusal(v, this.personal.eraseOwn(actor, form.value.confirm))
      : v.t('personal.changed');
    if (refused === null) return redirectTo('/sign-in', 'flash.erased');
    const preview = await this.personal.previewOwn(actor);
    return pageWith(409, this.erasure(v, preview, null, refused));
  }

  @Needs('personal-data.write')
  @JustSignedIn()
  @Heavy()
  @Post('of/download')
  async downloadOf(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answer> {
    const form = readForm(WhoseForm, body, v.language);
    if (!form.ok) return this.again(v, 422, form);
    return this.file(response, await this.personal.ofAddress(actor, form.value.email));
  }

  @Needs('personal-data.write')
  @JustSignedIn()
  @Post('of/preview')
  async previewOf(@View() v: Viewer, @CurrentActor() actor: Actor, @Body() body: unknown): Promise<Answer> {
    const form = readForm(WhoseForm, body, v.language);
    if (!form.ok) return this.again(v, 422, form);
    const { email } = form.value;
    const preview = await this.personal.previewAddress(actor, email);
    return this.erasure(v, preview, email, null);
  }

  @Needs('personal-data.write')
  @JustSignedIn()
  @Post('of/erase')
  async eraseOf(@View() v: Viewer, @CurrentActor() actor: Actor, @Body() body: unknown): Promise<Answer> {
    const form = readForm(EraseForm, body, v.language);
    if (!form.ok) return this.again(v, 422, form);
    const { email, confirm } = form.value;
    const refused = await this.refusal(v, this.personal.eraseAddress(actor, email, confirm));
    if (refused === null)
      return redirectTo(email === actor.email ? '/sign-in' : '/personal-data', 'flash.erased');
    const preview = await this.personal.previewAddress(actor, email);
    return pageWith(409, this.erasure(v, preview, email, refused));
  }

  private async refusal(v: Viewer, erasing: Promise<unknown>): Promise<string | null> {
    try {
      await erasing;
      return null;
    } catch (error) {
      if (error instanceof ChangedSince) return v.t('personal.changed');
      if (!(error instanceof Conflict)) throw error;
      return v.t(v.actor?.profileId ? 'problem.last-officer' : 'problem.last-coordinator');
    }
  }

  private file(response: Response, data: object): string {
    response.attachment('personal-data.json');
    return JSON.stringify(data, null, 2);
  }

  private again(v: Viewer, status: number, sent: Typed): Answer {
    return pageWith(status, this.page(v, sent));
  }

  private page(v: Viewer, sent: Typed): string {
    return page(v, { title: v.t('personal.title') }, PersonalDataPage({ v, sent }));
  }

  private erasure(v: Viewer, preview: Preview, email: string | null, refused: string | null): string {
    return page(v, { title: v.t('personal.erase') }, ErasurePage({ v, preview, email, refused }));
  }
}
