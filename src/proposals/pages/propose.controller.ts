import { Body, Controller, Get, Injectable, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { type Actor, may } from '../../kernel/actor.js';
import { comeBack, page, part } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { ProposalSender } from '../proposal-sender.js';
import { Proposals } from '../proposals.js';
import { isOver } from '../../calls/domain/status.js';
import { everybodyOf, Proposing, type Situation } from '../proposing.js';
import { type PersonDraft, readPerson, takenDraft } from './person-form.js';
import { Choosing, type Message, type ProposeOptions, ProposePage, proposePath } from './propose-page.js';
import { Conflict } from '../../kernel/errors.js';
import { ownPath } from '../../access/domain/landing.js';
import { TooOften } from '../../platform/access/rate-limit.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import {
  type FormFields,
  type Sent as FormSent,
  numberIn,
  PageQuery,
  readForm,
  severalIn,
} from '../../ui/form.js';
import { MOST_AT_ONCE, ProposalInput, SeveralInput } from '../api/proposal-views.js';
import { RemindAfterDays } from '../domain/reminding.js';
import { ProposingSeveral } from '../proposing-several.js';
import { Reminding } from '../reminding.js';
import { Researchers } from '../researchers.js';
import { type Answer, pageWith, redirectTo } from '../../ui/answer.js';

/** The choices and input of the page. */
type Shown = Partial<Pick<ProposeOptions, 'adding' | 'correcting'>> & {
  /** The submitted form to several people; its id is null if it had none. */
  several?: { typed: { id: string | null; researchers: string[]; word: string }; error: string };
  to?: string | undefined;
  message?: Message;
};

@Injectable()
export class ProposeScreen {
  constructor(
    private readonly proposing: Proposing,
    private readonly sender: ProposalSender,
    private readonly proposals: Proposals,
  ) {}

  async show(
    v: Viewer,
    situation: Situation,
    { to, message, adding, correcting = false, several }: Shown,
  ): Promise<string> {
    const { candidates, profile, call } = situation;
    // Text typed for one person is never addressed to another automatically.
    const best = message ? null : (candidates[0]?.researcher ?? null);
    const chosen = everybodyOf(situation).find((r) => r.id === to) ?? best;
    const draft = chosen && {
      id: this.sender.newId(),
      ...this.proposing.draft(situation, chosen, v.actor!),
      errors: {},
      isSecond: false,
    };
    const options: ProposeOptions = {
      v,
      situation,
      asked: await this.proposals.asked(profile.id, call.id),
      chosen,
      message: message ?? draft,
      adding: adding ?? blankFor(situation),
      correcting,
      several: {
        typed: {
          researchers: several?.typed.researchers ?? [],
          word: several?.typed.word ?? '',
          id: several?.typed.id ?? this.sender.newId(),
        },
        error: several?.error ?? null,
      },
    };
    return v.part && may(v.actor, 'proposal.write')
      ? part(Choosing(options))
      : page(v, { title: v.t('propose.title'), place: 'calls', styles: ['people'] }, ProposePage(options));
  }
}

/** An empty form for the strongest competence that has nobody, otherwise for the strongest. */
const blankFor = ({ nobody, why, profile }: Situation): PersonDraft => {
  const first = nobody[0] ?? why[0];
  return {
    typed: { name: '', email: '', language: profile.language, competences: first ? [first.competence] : [] },
    errors: {},
  };
};

const Id = z.uuid();
/** Browsers send one checked box as a string, several as an array. */
const RemindForm = z.object({ back: z.string().max(2_000).optional() });
const SettingsForm = z.object({ remindAfterDays: RemindAfterDays });

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
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answer> {
    const sent = readForm(SeveralInput, body, v.language, (fields) => ({
      id: fields['id'],
      researchers: severalIn(fields['researchers']),
      word: fields['word'],
    }));
    const shown = async (status: number, error: string): Promise<Answer> => {
      const typed = sent.ok ? { word: sent.value.word ?? '' } : { word: sent.typed['word'] ?? '' };
      const { id: form, researchers } = (body ?? {}) as Record<string, unknown>;
      const chosen = [researchers ?? []].flat().filter((r): r is string => typeof r === 'string');
      const several = {
        typed: { ...typed, id: Id.safeParse(form).data ?? null, researchers: chosen },
        error,
      };
      const situation = await this.proposing.situation(id, call);
      return pageWith(status, await this.screen.show(v, situation, { several }));
    };
    if (!sent.ok) return shown(422, v.t('several.wrong', { most: MOST_AT_ONCE }));
    try {
      const all = await this.several.send(id, call, sent.value, actor);
      return redirectTo(`/institutes/${id}/calls/${call}/propose`, all ? 'flash.sent' : 'flash.some-sent');
    } catch (error) {
      if (error instanceof TooOften) return shown(429, comeBack(v, response, error));
      if (!(error instanceof Conflict)) throw error;
      return shown(409, v.t('propose.over-closed'));
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
  ): Promise<Answer> {
    const sent = readForm(RemindForm, body, v.language);
    const back = (sent.ok ? ownPath(sent.value.back) : null) ?? `/institutes/${id}/people/asked`;
    try {
      await this.reminding.byHand(actor, id, proposal);
      return redirectTo(back, 'flash.sent');
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      return redirectTo(back, 'flash.not-reminded');
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
  ): Promise<Answer> {
    const sent = readForm(SettingsForm, body, v.language, ({ remindAfterDays }) => ({
      remindAfterDays: numberIn(remindAfterDays) ?? null,
    }));
    if (sent.ok) await this.reminding.changeAfterDays(actor, id, sent.value.remindAfterDays);
    return redirectTo(`/institutes/${id}/people`, sent.ok ? 'flash.saved' : 'flash.wrong-days');
  }
}

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
  ): Promise<Answer> {
    const sent = readForm(Sent, body, v.language, messageIn);
    const situation = await this.proposing.situation(id, call);
    const { why, errors } = sent.ok ? await this.tried(v, response, situation, sent.value) : NOT_TRIED;
    if (why === 'sent') return redirectTo(`/institutes/${id}/calls/${call}`, 'flash.sent');
    // Asked by somebody else, closed, rate-limited or recipient gone: the input is kept.
    const kept = this.kept(v, situation, sent, why === 'taken');
    const message = { ...kept.message, errors: { ...kept.message.errors, ...errors } };
    return pageWith(
      why === 'limited' ? 429 : sent.ok ? 409 : 422,
      await this.screen.show(v, situation, { ...kept, message }),
    );
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
    @Param('profile') id: string,
    @Param('call', { schema: Id }) call: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const situation = await this.proposing.situation(id, call);
    const read = readPerson(v, body);
    const added = 'input' in read ? await this.researchers.add(id, read.input) : null;
    if (added) return redirectTo(`${proposePath(situation)}?to=${added.id}`);
    const adding = 'draft' in read ? read.draft : takenDraft(v, body);
    return pageWith(422, await this.screen.show(v, situation, { adding, correcting: true }));
  }
}
