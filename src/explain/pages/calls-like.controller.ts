import { Body, Controller, Get, HttpCode, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { Gone } from '../../platform/api/gone.js';
import { readForm } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { LikeInput } from '../api/calls-like.controller.js';
import { CallsLikeText } from '../calls-like-text.js';
import { CallsLikePage, type LikeModel } from './calls-like-page.js';

/** The pages to find calls for a planned project from its summary. */
@ApiExcludeController()
@Controller('calls/like')
export class CallsLikePages {
  constructor(private readonly likeText: CallsLikeText) {}

  @Needs('call.read')
  @Get()
  form(@View() v: Viewer): string {
    return shown(v, { typed: '', error: null, found: null });
  }

  /**
   * Responds with the page instead of a redirect: nothing is stored that an address could refer to, and a
   * summary is too long for a query.
   */
  @Needs('call.read')
  @Post()
  @HttpCode(200)
  async findCallsLike(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Gone() gone: AbortSignal,
    @Res({ passthrough: true }) response: Response,
    @Body() body: unknown,
  ): Promise<string> {
    const sent = readForm(LikeInput, body, v.language);
    if (sent.ok)
      return shown(v, {
        typed: sent.value.text,
        error: null,
        found: await this.likeText.findCallsLike(sent.value.text, actor, gone),
      });
    response.status(422);
    return shown(v, { typed: sent.typed['text'] ?? '', error: v.t('like.error'), found: null });
  }
}

const shown = (v: Viewer, model: LikeModel): string =>
  page(
    v,
    { title: v.t('like.title'), place: 'calls', styles: ['profile/profile'] },
    CallsLikePage({ v, model }),
  );
