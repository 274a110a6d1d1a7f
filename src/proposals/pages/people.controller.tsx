import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { type LineProblem, MOST_PEOPLE } from '../domain/pasted-people.js';
import { labelIn, type Labelled } from '../../profiles/domain/names-in.js';
import type { Profile } from '../../profiles/domain/profile.js';
import { Field } from '../../ui/parts.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { may } from '../../kernel/actor.js';
import type { ResearcherInput, ResearcherView } from '../api/researcher-views.js';
import { grouped } from '../../kernel/collections.js';
import { withQuery } from '../../ui/address.js';
import { Proposals } from '../proposals.js';
import { Reminding } from '../reminding.js';
import { Researchers } from '../researchers.js';
import { Needs } from '../../platform/access/rule.js';
import { ahead, AtPlace, page as pageOfList, placeOf } from '../../platform/api/paging.js';
import { PageQuery, readForm } from '../../ui/form.js';
import { page, type PageOptions } from '../../ui/page.js';
import { AskedPage } from './asked-list.js';
import { draftOf, type PersonDraft, PersonForm, readPerson, takenDraft } from './person-form.js';
import { type Answer, pageWith, redirectTo } from '../../ui/answer.js';

/** The submitted lines, with the errors of the whole or of single lines. */
interface Pasted {
  lines: string;
  wrong?: string;
  problems: LineProblem[];
}

/** More than any list of people that is accepted at once. */
const MOST_LETTERS = 100_000;

/** The form to add several people at once, with the errors of its lines. */
function PasteForm({ v, profile, pasted }: { v: Viewer; profile: Profile; pasted: Pasted }) {
  const people = `/institutes/${profile.id}/people`;
  const line = `Marie Martin <marie.martin@example.org>; ${labelIn(profile.competences[0]!, v.language)}`;
  const { lines, problems, wrong } = pasted;
  return (
    <div class="narrow">
      <p>
        <a href={people}>{v.t('people.back')}</a>
      </p>
      <h1>{v.t('people.paste-title')}</h1>
      {problems.length > 0 && (
        <div class="notice bad" role="alert">
          <p>{v.t('people.paste-nothing')}</p>
          <ul>
            {problems.map((p) => (
              <li key={p.line}>
                {v.t(`people.line-${p.wrong}`, { line: p.line, text: p.text, most: MOST_PEOPLE })}
              </li>
            ))}
          </ul>
        </div>
      )}
      <form method="post" action={`${people}/paste`} class="card">
        <p id="how">{v.t('people.paste-help', { language: profile.language })}</p>
        <Field
          id="lines"
          label={v.t('people.paste-lines')}
          help={v.t('people.paste-example', { line })}
          error={wrong}
        >
          <textarea
            id="lines"
            name="lines"
            rows={12}
            required
            maxLength={MOST_LETTERS}
            aria-invalid={wrong ? 'true' : undefined}
            aria-describedby={wrong ? 'lines-error' : 'how lines-help'}
          >
            {lines}
          </textarea>
        </Field>
        <div class="row">
          <button type="submit" class="primary">
            {v.t('people.paste-do')}
          </button>
          <a href={people}>{v.t('form.cancel')}</a>
        </div>
      </form>
    </div>
  );
}

/** More for one competence are on a page of their own: an institute may have a thousand people. */
const MOST_NAMED = 20;

interface Listed {
  v: Viewer;
  profileId: string;
  /** The only competence shown, with everyone who has it. */
  only: string | undefined;
  competences: Labelled[];
  researchers: ResearcherView[];
  /** Days until a researcher who has not answered is reminded; null for never. */
  remindAfterDays: number | null;
}

const base = (profileId: string): string => `/institutes/${profileId}/people`;

/** One person; the name links to their form for people who may write. */
function Person({ v, profileId, researcher }: { v: Viewer; profileId: string; researcher: ResearcherView }) {
  const { id, name, email, language, gone } = researcher;
  return (
    <li class="person">
      {may(v.actor, 'proposal.write') ? <a href={`${base(profileId)}/${id}`}>{name}</a> : <span>{name}</span>}
      <span class="muted small">
        {email}, {v.t('people.writes-in', { language })}
      </span>
      {gone.map((competence) => (
        <span key={competence} class="badge changed">
          {v.t('people.gone', { competence })}
        </span>
      ))}
    </li>
  );
}

function Competence({
  v,
  profileId,
  competence,
  people,
  most,
}: {
  v: Viewer;
  profileId: string;
  competence: Labelled;
  people: ResearcherView[];
  most: number;
}) {
  const name = labelIn(competence, v.language);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        {people.length > 0 ? (
          <>
            <ul class="persons">
              {people.slice(0, most).map((r) => (
                <Person key={r.id} v={v} profileId={profileId} researcher={r} />
              ))}
            </ul>
            {people.length > most && (
              <a class="small" href={withQuery(base(profileId), { competence: competence.label })}>
                {v.t('people.all', { n: people.length })}
              </a>
            )}
          </>
        ) : (
          <p class="nobody">
            <span class="badge status-closed">{v.t('people.nobody')}</span>
            {may(v.actor, 'proposal.write') && (
              <a class="small" href={withQuery(`${base(profileId)}/new`, { competence: competence.label })}>
                {v.t('people.add')}
                <span class="hidden-visually"> {v.t('people.add-for', { competence: name })}</span>
              </a>
            )}
          </p>
        )}
      </td>
    </tr>
  );
}

function Actions({ v, profileId }: { v: Viewer; profileId: string }) {
  return (
    <p class="row">
      {may(v.actor, 'proposal.write') && (
        <a class="button primary" href={`${base(profileId)}/new`}>
          {v.t('people.add')}
        </a>
      )}
      {may(v.actor, 'proposal.write') && (
        <a class="button" href={`${base(profileId)}/paste`}>
          {v.t('people.paste')}
        </a>
      )}
      <a class="button" href={`${base(profileId)}/asked`}>
        {v.t('asked.title')}
      </a>
    </p>
  );
}

function Reminders({ v, profileId, remindAfterDays }: Pick<Listed, 'v' | 'profileId' | 'remindAfterDays'>) {
  return (
    <section class="card" aria-labelledby="reminders">
      <h2 id="reminders">{v.t('people.reminders')}</h2>
      {may(v.actor, 'proposal.write') ? (
        <form method="post" action={`/institutes/${profileId}/proposal-settings`}>
          <div class="field">
            <label for="remind-after">{v.t('people.remind-after')}</label>
            <input
              id="remind-after"
              type="number"
              name="remindAfterDays"
              min={1}
              max={90}
              value={remindAfterDays ?? ''}
              aria-describedby="remind-after-help"
            />
            <p class="help" id="remind-after-help">
              {v.t('people.remind-help')}
            </p>
          </div>
          <button type="submit">{v.t('form.save')}</button>
        </form>
      ) : (
        <p>
          {remindAfterDays === null
            ? v.t('people.remind-never')
            : v.t('people.remind-days', { n: remindAfterDays })}
        </p>
      )}
    </section>
  );
}

/**
 * The people for each competence of the profile, including competences without anybody, and people without a
 * competence.
 */
function PeopleList({ v, profileId, only, competences, researchers, remindAfterDays }: Listed) {
  const labels = new Set(competences.map((c) => c.label));
  const people = grouped(researchers, (r) => r.competences);
  const loose =
    only === undefined ? researchers.filter((r) => !r.competences.some((c) => labels.has(c))) : [];
  return (
    <>
      {only !== undefined && (
        <p>
          <a href={base(profileId)}>{v.t('people.all-competences')}</a>
        </p>
      )}
      <h1>{v.t('people.title')}</h1>
      <p>{v.t('people.intro', { n: researchers.length })}</p>
      <Actions v={v} profileId={profileId} />
      <table class="behind">
        <caption class="hidden-visually">{v.t('people.by-competence')}</caption>
        <thead>
          <tr>
            <th scope="col">{v.t('people.competence')}</th>
            <th scope="col">{v.t('network.people')}</th>
          </tr>
        </thead>
        <tbody>
          {competences
            .filter(({ label }) => only === undefined || label === only)
            .map((competence) => (
              <Competence
                key={competence.label}
                v={v}
                profileId={profileId}
                competence={competence}
                people={people.get(competence.label) ?? []}
                most={only === undefined ? MOST_NAMED : Infinity}
              />
            ))}
        </tbody>
      </table>
      {loose.length > 0 && (
        <section class="card">
          <h2>{v.t('people.loose')}</h2>
          <p class="muted">{v.t('people.loose-why')}</p>
          <ul class="persons">
            {loose.map((r) => (
              <Person key={r.id} v={v} profileId={profileId} researcher={r} />
            ))}
          </ul>
        </section>
      )}
      <Reminders v={v} profileId={profileId} remindAfterDays={remindAfterDays} />
    </>
  );
}

const Id = z.uuid();
const CompetenceQuery = { competence: z.string().max(200).optional() };
const Lines = z.object({ lines: z.string().max(MOST_LETTERS) });
const AskedQuery = { call: z.uuid().optional(), cursor: z.string().max(1_000).optional() };
const ASKED_AT_ONCE = 50;
const PLACE: Pick<PageOptions, 'place' | 'styles'> = { place: 'people', styles: ['people'] };
const pathOf = (profileId: string): string => `/institutes/${profileId}/people`;

@ApiExcludeController()
@Controller('institutes/:profile/people')
export class PeoplePages {
  constructor(
    private readonly researchers: Researchers,
    private readonly proposals: Proposals,
    private readonly reminding: Reminding,
  ) {}

  @Needs('proposal.read', 'profile')
  @Get()
  async list(
    @View() v: Viewer,
    @Param('profile') id: string,
    @PageQuery(CompetenceQuery) { competence: only }: { competence?: string },
  ): Promise<string> {
    const [researchers, competences, remindAfterDays] = await Promise.all([
      this.researchers.all(id),
      this.competences(id),
      this.reminding.afterDays(id),
    ]);
    return page(
      v,
      { title: v.t('people.title'), wide: true, ...PLACE },
      PeopleList({ v, profileId: id, only, competences, researchers, remindAfterDays }),
    );
  }

  /** Who was asked about which call, and the answers. */
  @Needs('proposal.read', 'profile')
  @Get('asked')
  async asked(
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @PageQuery(AskedQuery) { call, cursor }: { call?: string; cursor?: string },
  ): Promise<string> {
    const found = await this.proposals.list(
      { profileId, ...(call !== undefined && { callId: call }) },
      ahead(ASKED_AT_ONCE),
      placeOf(cursor, AtPlace),
    );
    const { items, next } = pageOfList(
      found.proposals,
      ASKED_AT_ONCE,
      found.total,
      (p) => p,
      (p) => ({ at: p.askedAt, id: p.id }),
    );
    return page(
      v,
      { title: v.t('asked.title'), wide: true, ...PLACE },
      AskedPage({ v, profileId, call, proposals: items, next, first: cursor === undefined }),
    );
  }

  @Needs('proposal.write', 'profile')
  @Get('new')
  async blank(
    @View() v: Viewer,
    @Param('profile') id: string,
    @PageQuery(CompetenceQuery) { competence }: { competence?: string },
  ): Promise<string> {
    const { language } = await this.researchers.profile(id);
    return this.form(
      v,
      id,
      {
        typed: { name: '', email: '', language, competences: competence === undefined ? [] : [competence] },
        errors: {},
      },
      null,
    );
  }

  @Needs('proposal.write', 'profile')
  @Post()
  async add(@View() v: Viewer, @Param('profile') id: string, @Body() body: unknown): Promise<Answer> {
    return this.store(v, id, null, body, (input) => this.researchers.add(id, input));
  }

  @Needs('proposal.write', 'profile')
  @Get('paste')
  async pasteForm(@View() v: Viewer, @Param('profile') id: string): Promise<string> {
    return this.paster(v, id, { lines: '', problems: [] });
  }

  @Needs('proposal.write', 'profile')
  @Post('paste')
  async paste(@View() v: Viewer, @Param('profile') id: string, @Body() body: unknown): Promise<Answer> {
    const sent = readForm(Lines, body, v.language);
    const problems = sent.ok ? await this.researchers.paste(id, sent.value.lines) : [];
    if (sent.ok && problems.length === 0) return redirectTo(pathOf(id), 'flash.saved');
    if (sent.ok) return pageWith(422, await this.paster(v, id, { lines: sent.value.lines, problems }));
    const lines = sent.typed['lines'] ?? '';
    const wrong = v.t(lines === '' ? 'people.paste-empty' : 'people.paste-long', { most: MOST_LETTERS });
    return pageWith(422, await this.paster(v, id, { lines, problems, wrong }));
  }

  @Needs('proposal.write', 'profile')
  @Get(':researcher')
  async show(
    @View() v: Viewer,
    @Param('profile') id: string,
    @Param('researcher', { schema: Id }) researcher: string,
  ): Promise<string> {
    const known = await this.researchers.viewById(id, researcher);
    return this.form(v, id, draftOf(known), known);
  }

  @Needs('proposal.write', 'profile')
  @Post(':researcher')
  async change(
    @View() v: Viewer,
    @Param('profile') id: string,
    @Param('researcher', { schema: Id }) researcher: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const known = await this.researchers.viewById(id, researcher);
    return this.store(v, id, known, body, (input) => this.researchers.change(id, researcher, input));
  }

  @Needs('proposal.write', 'profile')
  @Post(':researcher/remove')
  async remove(
    @Param('profile') id: string,
    @Param('researcher', { schema: Id }) researcher: string,
  ): Promise<Answer> {
    await this.researchers.remove(id, researcher);
    return redirectTo(pathOf(id), 'flash.removed');
  }

  /** Stores the input and redirects to the list; or shows the form again with its errors. */
  private async store(
    v: Viewer,
    id: string,
    known: ResearcherView | null,
    body: unknown,
    write: (input: ResearcherInput) => Promise<ResearcherView | null>,
  ): Promise<Answer> {
    const read = readPerson(v, body);
    if ('input' in read && (await write(read.input))) return redirectTo(pathOf(id), 'flash.saved');
    const draft = 'draft' in read ? read.draft : takenDraft(v, body);
    return pageWith(422, await this.form(v, id, draft, known));
  }

  private async form(
    v: Viewer,
    profileId: string,
    draft: PersonDraft,
    known: ResearcherView | null,
  ): Promise<string> {
    const title = known ? v.t('people.edit-title', { name: known.name }) : v.t('people.add');
    return page(
      v,
      { title, ...PLACE },
      PersonForm({ v, profileId, draft, known, competences: await this.competences(profileId) }),
    );
  }

  private async paster(v: Viewer, id: string, pasted: Pasted): Promise<string> {
    return page(
      v,
      { title: v.t('people.paste-title'), ...PLACE },
      PasteForm({ v, profile: await this.researchers.profile(id), pasted }),
    );
  }

  private async competences(profileId: string): Promise<Labelled[]> {
    return (await this.researchers.profile(profileId)).competences;
  }
}
