import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { BadRequest, Conflict } from '../../kernel/errors.js';
import { monthAt } from '../../calls/domain/months.js';
import { Groups } from '../../network/groups.js';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { Heavy } from '../../platform/api/heavy-answers.js';
import { PageQuery, readForm, numberIn } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { redirectWithFlash, View, type Viewer } from '../../ui/viewer.js';
import { PaperContent } from '../domain/paper.js';
import { PaperSending } from '../paper-sending.js';
import { Papers } from '../papers.js';
import { type Paper, PaperPage, paperPath } from './paper-page.js';
import { PapersPage } from './papers-page.js';
import { OfferInput, PackInput, PaperInput } from '../api/paper-views.js';

const Id = z.uuid();
const MOST_LISTED = 100;
const LIST_FIELDS = { group: z.string().max(63).optional() };
const LOOK = { place: 'cockpit' as const, styles: ['calls', 'account/account', 'network'] };

const texts = (value: unknown): string[] => [value].flat().map((v) => (typeof v === 'string' ? v : ''));

/** The submitted fields as typed; sections without a heading are left out. */
function contentSent(body: Record<string, unknown>): PaperContent {
  const [headings, all] = [texts(body['heading']), texts(body['text'])];
  return {
    title: texts(body['title'])[0] ?? '',
    sections: headings
      .map((heading, i) => ({ heading: heading.trim(), text: (all[i] ?? '').replaceAll('\r\n', '\n') }))
      .filter(({ heading }) => heading !== ''),
  };
}

/** The pages where the coordination drafts, edits and sends meeting packs and offers. */
@ApiExcludeController()
@Controller('network/papers')
export class PaperPages {
  constructor(
    private readonly papers: Papers,
    private readonly sending: PaperSending,
    private readonly groups: Groups,
  ) {}

  @Needs('network.read')
  @Get()
  list(@View() v: Viewer, @PageQuery(LIST_FIELDS) { group }: { group: string | undefined }): Promise<string> {
    return this.listed(v, group, monthAt(v.now), null);
  }

  @Needs('paper.write')
  @Heavy()
  @Post('pack')
  async pack(@View() v: Viewer, @Body() body: unknown, @Res() response: Response): Promise<void> {
    const sent = readForm(PackInput, body, v.language, ({ month, group, language }) => ({
      month,
      group,
      language,
    }));
    if (sent.ok) {
      const { month, group, language = v.language } = sent.value;
      return response.redirect(303, paperPath(await this.papers.makePack(month, group, language)));
    }
    response
      .status(422)
      .type('html')
      .send(await this.listed(v, sent.typed['group'], sent.typed['month'] ?? '', v.t('papers.month-wrong')));
  }

  /** For a call if given, otherwise for a sector. */
  @Needs('paper.write')
  @Heavy()
  @Post('offer')
  async offer(@View() v: Viewer, @Body() body: unknown, @Res() response: Response): Promise<void> {
    const sent = readForm(OfferInput, body, v.language, (fields) => ({
      call: fields['call'],
      group: fields['call'] === undefined ? fields['group'] : undefined,
      language: fields['language'],
    }));
    if (!sent.ok) throw new BadRequest('form-incomplete');
    const { call, group, language = v.language } = sent.value;
    const id =
      call === undefined
        ? await this.papers.makeSectorOffer(group!, language)
        : await this.papers.makeOffer(call, language);
    response.redirect(303, paperPath(id));
  }

  @Needs('network.read')
  @Get(':paper')
  async show(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('paper', { schema: Id }) id: string,
  ): Promise<string> {
    const paper = await this.papers.get(actor, id);
    return this.shown(v, paper, paper, null);
  }

  @Needs('paper.write')
  @Post(':paper')
  async save(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('paper', { schema: Id }) id: string,
    @Body() body: Record<string, unknown>,
    @Res() response: Response,
  ): Promise<void> {
    const paper = await this.papers.get(actor, id);
    const typed = contentSent(body);
    const read = PaperInput.safeParse({ ...typed, version: numberIn(body['version']) });
    const refuse = (status: number, wrong: string): unknown =>
      response
        .status(status)
        .type('html')
        .send(this.shown(v, paper, typed, wrong));
    if (!read.success) return void refuse(422, v.t('papers.help'));
    try {
      const { version, ...content } = read.data;
      await this.papers.save(id, version, content);
      redirectWithFlash(response, paperPath(id), 'flash.saved');
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      refuse(409, v.t('papers.stale'));
    }
  }

  @Needs('paper.write')
  @Post(':paper/send')
  async send(
    @CurrentActor() actor: Actor,
    @Param('paper', { schema: Id }) id: string,
    @Res() response: Response,
  ): Promise<void> {
    try {
      await this.sending.send(await this.papers.get(actor, id), actor.name);
      redirectWithFlash(response, paperPath(id), 'flash.sent');
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      redirectWithFlash(response, paperPath(id), 'flash.step-refused');
    }
  }

  @Needs('paper.write')
  @Post(':paper/remove')
  async remove(@Param('paper', { schema: Id }) id: string, @Res() response: Response): Promise<void> {
    await this.papers.remove(id);
    redirectWithFlash(response, '/network/papers', 'flash.removed');
  }

  private async listed(
    v: Viewer,
    group: string | undefined,
    month: string,
    wrong: string | null,
  ): Promise<string> {
    const { items: papers } = await this.papers.list({ limit: MOST_LISTED });
    const groups = this.groups.named(v.language);
    return page(
      v,
      { ...LOOK, title: v.t('papers.title') },
      PapersPage({ v, papers, groups, group, month, wrong }),
    );
  }

  private shown(v: Viewer, paper: Paper, typed: PaperContent, wrong: string | null): string {
    return page(v, { ...LOOK, title: paper.title, wide: true }, PaperPage({ v, paper, typed, wrong }));
  }
}
