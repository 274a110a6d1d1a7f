import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { Conflict } from '../../kernel/errors.js';
import type { Actor } from '../../kernel/actor.js';
import { ownPath } from '../../access/domain/landing.js';
import { TooOften } from '../../platform/access/rate-limit.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { numberIn, readForm, severalIn } from '../../ui/form.js';
import { comeBack } from '../../ui/too-often.js';
import { redirectWithFlash, View, type Viewer } from '../../ui/viewer.js';
import { MOST_AT_ONCE, SeveralInput, SettingsView } from '../api/proposal-views.js';
import { ProposingSeveral } from '../proposing-several.js';
import { Reminding } from '../reminding.js';
import { Proposing } from '../proposing.js';
import { ProposeScreen } from './propose-screen.js';

const Id = z.uuid();
/** Browsers send one checked box as a string, several as an array. */
const RemindForm = z.object({ back: z.string().max(2_000).optional() });

/** Form handlers for proposals to several researchers and for reminders. */
@ApiExcludeController()
@Controller('institutes/:profile')
export class SeveralPages {
  constructor(
    private readonly several: ProposingSeveral,
    private readonly reminding: Reminding,
    private readonly proposing: Proposing,
    private readonly screen: ProposeScreen,
  ) {}

  @Needs('proposal.write', 'profile')
  @Post('calls/:call/propose/several')
  async send(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') id: string,
    @Param('call', { schema: Id }) call: string,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const sent = readForm(SeveralInput, body, v.language, (fields) => ({
      id: fields['id'],
      researchers: severalIn(fields['researchers']),
      word: fields['word'],
    }));
    const shown = async (status: number, error: string): Promise<void> => {
      const typed = sent.ok ? { word: sent.value.word ?? '' } : { word: sent.typed['word'] ?? '' };
      const { id: form, researchers } = (body ?? {}) as Record<string, unknown>;
      const chosen = [researchers ?? []].flat().filter((r): r is string => typeof r === 'string');
      const several = {
        typed: { ...typed, id: Id.safeParse(form).data ?? null, researchers: chosen },
        error,
      };
      const situation = await this.proposing.situation(id, call);
      response.status(status).send(await this.screen.show(v, situation, { several }));
    };
    if (!sent.ok) return shown(422, v.t('several.wrong', { most: MOST_AT_ONCE }));
    try {
      const outcomes = await this.several.send(id, call, sent.value, actor);
      const all = outcomes.every((o) => o.sent !== null);
      redirectWithFlash(
        response,
        `/institutes/${id}/calls/${call}/propose`,
        all ? 'flash.sent' : 'flash.some-sent',
      );
    } catch (error) {
      if (error instanceof TooOften) return shown(429, comeBack(v, response, error));
      if (!(error instanceof Conflict)) throw error;
      await shown(409, v.t('propose.over-closed'));
    }
  }

  @Needs('proposal.write', 'profile')
  @Post('people/asked/:proposal/remind')
  async remind(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') id: string,
    @Param('proposal', { schema: Id }) proposal: string,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const sent = readForm(RemindForm, body, v.language);
    const back = (sent.ok ? ownPath(sent.value.back) : null) ?? `/institutes/${id}/people/asked`;
    try {
      await this.reminding.byHand(actor, id, proposal);
      redirectWithFlash(response, back, 'flash.sent');
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      redirectWithFlash(response, back, 'flash.not-reminded');
    }
  }

  /** An empty field turns reminders off. */
  @Needs('proposal.write', 'profile')
  @Post('proposal-settings')
  async days(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') id: string,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const sent = readForm(SettingsView, body, v.language, ({ remindAfterDays }) => ({
      remindAfterDays: numberIn(remindAfterDays) ?? null,
    }));
    if (sent.ok) await this.reminding.changeAfterDays(actor, id, sent.value.remindAfterDays);
    redirectWithFlash(response, `/institutes/${id}/people`, sent.ok ? 'flash.saved' : 'flash.wrong-days');
  }
}
