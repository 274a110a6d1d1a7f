import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import type { Labelled } from '../../profiles/domain/label-in.js';
import { Proposals } from '../proposals.js';
import { Reminding } from '../reminding.js';
import { Researchers } from '../researchers.js';
import type { ResearcherInput, ResearcherView } from '../api/researcher-views.js';
import { Needs } from '../../platform/access/rule.js';
import { AtPlace, ahead, page as pageOfList, placeOf } from '../../platform/api/paging.js';
import { PageQuery, readForm } from '../../ui/form.js';
import type { PageOptions } from '../../ui/layout.js';
import { page } from '../../ui/page.js';
import { redirectWithFlash, View, type Viewer } from '../../ui/viewer.js';
import { AskedPage } from './asked-list.js';
import { MOST_LETTERS, PasteForm, type Pasted } from './paste-form.js';
import { PeopleList } from './people-list.js';
import { draftOf, PersonForm, type PersonDraft } from './person-form.js';
import { readPerson, takenDraft } from './person-sent.js';

const Id = z.uuid();
const CompetenceQuery = { competence: z.string().max(200).optional() };
const Lines = z.object({ lines: z.string().max(MOST_LETTERS) });
const AskedQuery = { call: z.uuid().optional(), cursor: z.string().max(1_000).optional() };
const ASKED_AT_ONCE = 50;
const PLACE: Pick<PageOptions, 'place' | 'styles'> = { place: 'people', styles: ['people'] };
const pathOf = (profileId: string): string => `/institutes/${profileId}/people`;

/** The pages of an institute's researchers. */
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
      { title: v.t('people.title'), ...PLACE },
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
      { title: v.t('asked.title'), ...PLACE },
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
  async add(
    @View() v: Viewer,
    @Res({ passthrough: true }) response: Response,
    @Param('profile') id: string,
    @Body() body: unknown,
  ): Promise<string | void> {
    return this.store(v, response, id, null, body, (input) => this.researchers.add(id, input));
  }

  @Needs('proposal.write', 'profile')
  @Get('paste')
  async pasteForm(@View() v: Viewer, @Param('profile') id: string): Promise<string> {
    return this.paster(v, id, { lines: '', problems: [] });
  }

  @Needs('proposal.write', 'profile')
  @Post('paste')
  async paste(
    @View() v: Viewer,
    @Res({ passthrough: true }) response: Response,
    @Param('profile') id: string,
    @Body() body: unknown,
  ): Promise<string | void> {
    const sent = readForm(Lines, body, v.language);
    const problems = sent.ok ? await this.researchers.paste(id, sent.value.lines) : [];
    if (sent.ok && problems.length === 0) return redirectWithFlash(response, pathOf(id), 'flash.saved');
    response.status(422);
    if (sent.ok) return this.paster(v, id, { lines: sent.value.lines, problems });
    const lines = sent.typed['lines'] ?? '';
    return this.paster(v, id, {
      lines,
      problems,
      wrong: v.t(lines === '' ? 'people.paste-empty' : 'people.paste-long', { most: MOST_LETTERS }),
    });
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
    @Res({ passthrough: true }) response: Response,
    @Param('profile') id: string,
    @Param('researcher', { schema: Id }) researcher: string,
    @Body() body: unknown,
  ): Promise<string | void> {
    const known = await this.researchers.viewById(id, researcher);
    return this.store(v, response, id, known, body, (input) =>
      this.researchers.change(id, researcher, input),
    );
  }

  @Needs('proposal.write', 'profile')
  @Post(':researcher/remove')
  async remove(
    @Res({ passthrough: true }) response: Response,
    @Param('profile') id: string,
    @Param('researcher', { schema: Id }) researcher: string,
  ): Promise<void> {
    await this.researchers.remove(id, researcher);
    redirectWithFlash(response, pathOf(id), 'flash.removed');
  }

  /** Stores the input and redirects to the list; or shows the form again with its errors. */
  private async store(
    v: Viewer,
    response: Response,
    id: string,
    known: ResearcherView | null,
    body: unknown,
    write: (input: ResearcherInput) => Promise<ResearcherView | null>,
  ): Promise<string | void> {
    const read = readPerson(v, body);
    if ('input' in read && (await write(read.input)))
      return redirectWithFlash(response, pathOf(id), 'flash.saved');
    response.status(422);
    return this.form(v, id, 'draft' in read ? read.draft : takenDraft(v, body), known);
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
