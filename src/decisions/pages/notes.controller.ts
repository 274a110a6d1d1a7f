import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { LONGEST_NOTE, NoteInput, Notes } from '../notes.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { CallScreen } from '../../calls/pages/call/call.controller.js';
import { readForm } from '../../ui/form.js';
import { redirectWithFlash, View, type Viewer } from '../../ui/viewer.js';
import { backTo, Back, taken } from './back.js';
import { inboxPath } from './inbox-address.js';

const NoteForm = NoteInput.extend({ back: Back.catch(undefined) });
const RemoveForm = z.object({ back: Back });
const Id = z.uuid();

/** Form handlers for notes. Forms return to the call's page, which shows the notes. */
@ApiExcludeController()
@Controller('institutes/:profile/calls/:call/notes')
export class NotePages {
  constructor(
    private readonly notes: Notes,
    private readonly screen: CallScreen,
  ) {}

  /** An empty or overlong note is shown again on the call's page, as typed. */
  @Needs('decision.write', 'profile')
  @Post()
  @HttpCode(200)
  async add(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profile: string,
    @Param('call', { schema: Id }) call: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string | void> {
    const sent = readForm(NoteForm, body, v.language);
    if (!sent.ok) {
      response.status(422);
      return this.screen.ofInstitute(v, actor, profile, call, {
        text: sent.typed['text'] ?? '',
        error: v.t('call.note-wrong', { most: LONGEST_NOTE }),
      });
    }
    await this.notes.add(actor, profile, call, sent.value.text);
    redirectWithFlash(response, backTo(sent.value.back, inboxPath(profile)), 'flash.saved');
  }

  @Needs('decision.write', 'profile')
  @Post(':note/remove')
  async remove(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profile: string,
    @Param('call', { schema: Id }) call: string,
    @Param('note', { schema: Id }) note: string,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const { back } = taken(readForm(RemoveForm, body, v.language));
    await this.notes.remove(actor, profile, call, note);
    redirectWithFlash(response, backTo(back, inboxPath(profile)), 'flash.removed');
  }
}
