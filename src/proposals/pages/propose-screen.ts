import { Injectable } from '@nestjs/common';
import { may } from '../../kernel/actor.js';
import { page, part } from '../../ui/page.js';
import type { Viewer } from '../../ui/viewer.js';
import { ProposalSender } from '../proposal-sender.js';
import { Proposals } from '../proposals.js';
import { everybodyOf, Proposing, type Situation } from '../proposing.js';
import type { PersonDraft } from './person-form.js';
import type { Message } from './propose-form.js';
import { Choosing, type ProposeOptions, ProposePage } from './propose-page.js';

/** The choices and input of the page. */
export type Shown = Partial<Pick<ProposeOptions, 'adding' | 'correcting'>> & {
  /** The submitted form to several people; its id is null if it had none. */
  several?: { typed: { id: string | null; researchers: string[]; word: string }; error: string };
  to?: string | undefined;
  message?: Message;
};

/** Builds the page to propose a call. */
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
