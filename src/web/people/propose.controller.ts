import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { ProposalInput } from '../../features/proposals/proposal-views.js';
import { ProposalSender } from '../../features/proposals/proposal-sender.js';
import { Proposals } from '../../features/proposals/proposals.js';
import { isOver, Proposing, type Situation } from '../../features/proposals/proposing.js';
import { Researchers } from '../../features/proposals/researchers.js';
import { InsideInstitute } from '../../platform/access/rule.js';
import { PageQuery, readForm } from '../kit/form.js';
import { page, part } from '../kit/page.js';
import { goAndSay, View, type Viewer } from '../kit/viewer.js';
import type { PersonDraft } from './person-form.js';
import { readPerson, takenDraft } from './person-sent.js';
import type { Message } from './propose-form.js';
import { Choosing, ProposePage, proposePath, type ProposeOptions } from './propose-page.js';

const Id = z.uuid();
const Query = { to: z.uuid().optional() };
const Sent = z.object({ ...ProposalInput.shape, id: z.uuid(), again: z.stringbool().default(false) });
type Shown = Partial<Pick<ProposeOptions, 'adding' | 'correcting'>> & { to?: string | undefined; message?: Message };

/** Proposing a call to a researcher: the third click sends. */
@ApiExcludeController()
@Controller('institutes/:profile/calls/:call/propose')
export class ProposePages {
  constructor(
    private readonly proposing: Proposing,
    private readonly sender: ProposalSender,
    private readonly proposals: Proposals,
    private readonly researchers: Researchers,
  ) {}

  /** The best candidate's message is ready; `to` chooses another. The script asks for the part that changes alone. */
  @InsideInstitute('profile', 'read')
  @Get()
  async ask(@View() v: Viewer, @Param('profile') id: string, @Param('call', { schema: Id }) call: string, @PageQuery(Query) { to }: { to?: string }): Promise<string> {
    return this.show(v, await this.proposing.situation(id, call), { to });
  }

  @InsideInstitute('profile', 'write')
  @Post()
  async send(
    @View() v: Viewer, @Res({ passthrough: true }) response: Response, @Param('profile') id: string, @Param('call', { schema: Id }) call: string, @Body() body: unknown,
  ): Promise<string | void> {
    const sent = readForm(Sent, body, v.language);
    const situation = await this.proposing.situation(id, call);
    const over = isOver(situation.status);
    if (sent.ok && !over && (await this.sender.send(id, call, sent.value, v.actor!)) !== null) return goAndSay(response, `/institutes/${id}/calls/${call}`, 'said.sent');
    const { id: typed, subject = '', text = '', researcher } = sent.ok ? sent.value : sent.typed;
    // Asked by somebody else meanwhile, or over: what was typed is kept.
    response.status(sent.ok ? 409 : 422);
    return this.show(v, situation, { to: Id.safeParse(researcher).data, message: { id: Id.safeParse(typed).data ?? this.sender.newId(), subject, text, errors: sent.ok ? {} : sent.errors } });
  }

  /** Adds somebody who is not on the list yet, and goes on to the message to them. */
  @InsideInstitute('profile', 'write')
  @Post('person')
  async add(
    @View() v: Viewer, @Res({ passthrough: true }) response: Response, @Param('profile') id: string, @Param('call', { schema: Id }) call: string, @Body() body: unknown,
  ): Promise<string | void> {
    const situation = await this.proposing.situation(id, call);
    const read = readPerson(v, body);
    const added = 'input' in read ? await this.researchers.add(id, read.input) : null;
    if (added) return response.redirect(303, `${proposePath(situation)}?to=${added.id}`);
    response.status(422);
    return this.show(v, situation, { adding: 'draft' in read ? read.draft : takenDraft(v, body), correcting: true });
  }

  private async show(v: Viewer, situation: Situation, { to, message, adding, correcting = false }: Shown): Promise<string> {
    const { candidates, others, profile, call } = situation;
    const everybody = [...candidates.map((c) => c.researcher), ...others];
    const chosen = everybody.find((r) => r.id === to) ?? candidates[0]?.researcher ?? null;
    const draft = chosen && { id: this.sender.newId(), ...this.proposing.draft(situation, chosen, v.actor!), errors: {} };
    const options: ProposeOptions = {
      v, situation, asked: await this.proposals.asked(profile.id, call.id), chosen, message: message ?? draft, adding: adding ?? blankFor(situation), correcting,
    };
    return v.part && v.actor?.writes ? part(Choosing(options)) : page(v, { title: v.t('propose.title'), place: 'calls', styles: ['people'], wide: true }, ProposePage(options));
  }
}

/** Somebody to be added for the strongest competence that has nobody, else for the strongest. */
const blankFor = ({ nobody, why, profile }: Situation): PersonDraft => {
  const first = nobody[0] ?? why[0];
  return { typed: { name: '', email: '', language: profile.language, competences: first ? [first.competence] : [] }, errors: {} };
};
