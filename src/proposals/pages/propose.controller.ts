import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { ProposalInput } from '../api/proposal-views.js';
import { ProposalSender } from '../proposal-sender.js';
import { everybodyOf, isOver, Proposing, type Situation } from '../proposing.js';
import { Researchers } from '../researchers.js';
import { TooOften } from '../../platform/access/rate-limit.js';
import { Needs } from '../../platform/access/rule.js';
import { type FormFields, type Sent as FormSent, PageQuery, readForm } from '../../ui/form.js';
import { comeBack } from '../../ui/too-often.js';
import { redirectWithFlash, View, type Viewer } from '../../ui/viewer.js';
import { readPerson, takenDraft } from './person-sent.js';
import type { Message } from './propose-form.js';
import { proposePath } from './propose-page.js';
import { ProposeScreen, type Shown } from './propose-screen.js';

const Id = z.uuid();
const Query = { to: z.uuid().optional() };
const Sent = ProposalInput.extend({ id: z.uuid() });
const messageIn = ({ id, researcher, subject, text, again }: FormFields): FormFields => ({
  id,
  researcher,
  subject,
  text,
  again: again === 'true',
});
/** The outcome of sending a message; `errors` has the reasons that the form shows. */
interface Tried {
  why: 'sent' | 'asked' | 'taken' | 'over' | 'gone' | 'limited' | null;
  errors: Record<string, string>;
}
const NOT_TRIED: Tried = { why: null, errors: {} };

/** The pages to propose a call to a researcher; the third click sends. */
@ApiExcludeController()
@Controller('institutes/:profile/calls/:call/propose')
export class ProposePages {
  constructor(
    private readonly proposing: Proposing,
    private readonly sender: ProposalSender,
    private readonly researchers: Researchers,
    private readonly screen: ProposeScreen,
  ) {}

  /** Shows the message to the best candidate, or to `to`. The script requests only the part that changes. */
  @Needs('proposal.read', 'profile')
  @Get()
  async ask(
    @View() v: Viewer,
    @Param('profile') id: string,
    @Param('call', { schema: Id }) call: string,
    @PageQuery(Query) { to }: { to?: string },
  ): Promise<string> {
    return this.screen.show(v, await this.proposing.situation(id, call), { to });
  }

  @Needs('proposal.write', 'profile')
  @Post()
  async send(
    @View() v: Viewer,
    @Res({ passthrough: true }) response: Response,
    @Param('profile') id: string,
    @Param('call', { schema: Id }) call: string,
    @Body() body: unknown,
  ): Promise<string | void> {
    const sent = readForm(Sent, body, v.language, messageIn);
    const situation = await this.proposing.situation(id, call);
    const { why, errors } = sent.ok ? await this.tried(v, response, situation, sent.value) : NOT_TRIED;
    if (why === 'sent') return redirectWithFlash(response, `/institutes/${id}/calls/${call}`, 'flash.sent');
    // Asked by somebody else, closed, rate-limited or recipient gone: the input is kept.
    response.status(why === 'limited' ? 429 : sent.ok ? 409 : 422);
    const kept = this.kept(v, situation, sent, why === 'taken');
    return this.screen.show(v, situation, {
      ...kept,
      message: { ...kept.message, errors: { ...kept.message.errors, ...errors } },
    });
  }

  /** Sends the message if possible, or returns why not. */
  private async tried(
    v: Viewer,
    response: Response,
    situation: Situation,
    message: z.output<typeof Sent>,
  ): Promise<Tried> {
    const { profile, call, status } = situation;
    if (isOver(status)) return { why: 'over', errors: {} };
    if (!everybodyOf(situation).some((r) => r.id === message.researcher)) return { why: 'gone', errors: {} };
    try {
      const done = await this.sender.send(profile.id, call.id, message, v.actor!);
      return { why: done.sent === null ? done.why : 'sent', errors: {} };
    } catch (error) {
      if (!(error instanceof TooOften)) throw error;
      return { why: 'limited', errors: { '': comeBack(v, response, error) } };
    }
  }

  /** The typed message, to the original recipient or, if they are gone, to one still to be chosen. */
  private kept(
    v: Viewer,
    situation: Situation,
    sent: FormSent<z.output<typeof Sent>>,
    isSecond: boolean,
  ): Shown & { message: Message } {
    const { id: typed, subject = '', text = '', researcher } = sent.ok ? sent.value : sent.typed;
    const to = Id.safeParse(researcher).data;
    const isThere = everybodyOf(situation).some((r) => r.id === to);
    const errors = {
      ...(sent.ok ? {} : sent.errors),
      ...(!isThere && { researcher: v.t(to === undefined ? 'propose.choose' : 'propose.gone') }),
    };
    const id = isSecond ? undefined : Id.safeParse(typed).data;
    return { to, message: { id: id ?? this.sender.newId(), subject, text, errors, isSecond } };
  }

  /** Adds a person to the list and continues to the message to them. */
  @Needs('proposal.write', 'profile')
  @Post('person')
  async add(
    @View() v: Viewer,
    @Res({ passthrough: true }) response: Response,
    @Param('profile') id: string,
    @Param('call', { schema: Id }) call: string,
    @Body() body: unknown,
  ): Promise<string | void> {
    const situation = await this.proposing.situation(id, call);
    const read = readPerson(v, body);
    const added = 'input' in read ? await this.researchers.add(id, read.input) : null;
    if (added) return response.redirect(303, `${proposePath(situation)}?to=${added.id}`);
    response.status(422);
    return this.screen.show(v, situation, {
      adding: 'draft' in read ? read.draft : takenDraft(v, body),
      correcting: true,
    });
  }
}
