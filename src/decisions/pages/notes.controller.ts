import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { LONGEST_NOTE, NoteInput, Notes } from '../notes.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { CallScreen } from '../../calls/pages/call/call.controller.js';
import { readForm, taken } from '../../ui/form.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { Back, inboxPath } from '../../access/domain/landing.js';
import { type Answer, pageWith, redirectTo } from '../../ui/answer.js';

const NoteForm = NoteInput.extend({ back: Back.catch(null) });
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
  ): Promise<Answer> {
    const sent = readForm(NoteForm, body, v.language);
    if (!sent.ok) {
      const note = {
        text: sent.typed['text'] ?? '',
        error: v.t('call.note-wrong', { most: LONGEST_NOTE }),
      };
      return pageWith(422, await this.screen.ofInstitute(v, actor, profile, call, note));
    }
    await this.notes.add(actor, profile, call, sent.value.text);
    return redirectTo(sent.value.back ?? inboxPath(profile), 'flash.saved');
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
  ): Promise<Answer> {
    const { back } = taken(readForm(RemoveForm, body, v.language));
    await this.notes.remove(actor, profile, call, note);
    return redirectTo(back ?? inboxPath(profile), 'flash.removed');
  }
}
