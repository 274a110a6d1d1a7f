import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { BadRequest } from '../../../kernel/errors.js';
import { FOLLOW_KINDS } from '../../domain/content/message.js';
import { PreferencesOverview } from '../../preferences/preferences-overview.js';
import { NotificationPreferences, type PreferencesOwner } from '../../preferences/preferences.js';
import { PreferencesInput, type PreferencesView } from '../../api/preferences-views.js';
import { WaitingItems } from '../../preferences/waiting-items.js';
import type { PipelineMails } from '../../../access/domain/pipeline-mails.js';
import { readForm } from '../../../ui/form.js';
import type { PageOptions } from '../../../ui/layout.js';
import { page } from '../../../ui/page.js';
import { typedOf, type Typed } from '../../../ui/typed.js';
import type { Viewer } from '../../../ui/viewer.js';
import type { FollowShown } from './follow-button.js';
import { PreferencesPage } from './preferences-page.js';
import { choicesIn, wrong } from './preferences-sent.js';

/** The number of waiting items listed. */
const MOST_WAITING = 20;

/** The actions of the page's buttons. */
export const Step = z.enum(['stop', 'start', 'leave', 'join']);
export type Step = z.infer<typeof Step>;
const Target = z.object({ kind: z.enum(FOLLOW_KINDS), target: z.string().min(1).max(200) });

const FLASH = {
  stop: 'flash.stopped',
  start: 'flash.started',
  leave: 'flash.left',
  join: 'flash.followed',
} as const;

/** Shown to people who are signed in: what else they may follow, and their setting for pipeline e-mails. */
interface OwnShown {
  offers: (recipient: PreferencesView) => FollowShown[];
  pipeline: PipelineMails | null;
}

/** The page with a person's notification settings, for a link and for people who are signed in. */
@Injectable()
export class PreferencesScreen {
  constructor(
    private readonly preferences: NotificationPreferences,
    private readonly overview: PreferencesOverview,
    private readonly waitingItems: WaitingItems,
  ) {}

  async shown(
    v: Viewer,
    recipient: PreferencesOwner,
    path: string,
    sent: Typed,
    own: OwnShown | null,
  ): Promise<string> {
    const view = await this.overview.forRecipient(recipient, own?.pipeline);
    const { items } = await this.waitingItems.forRecipient(recipient.id, { limit: MOST_WAITING });
    const options: PageOptions = {
      title: v.t('preferences.title'),
      styles: ['account/account'],
      ...(own && { place: 'notification-preferences' as const }),
    };
    return page(
      v,
      options,
      PreferencesPage({ v, path, recipient: view, waiting: items, sent, offers: own && own.offers(view) }),
    );
  }

  /** Saves the form; if anything is invalid, changes nothing and returns the form with its errors. */
  async saved(
    v: Viewer,
    recipient: PreferencesOwner,
    body: unknown,
    choose: (input: PreferencesInput) => Promise<void>,
  ): Promise<Typed | null> {
    const { holds } = await this.overview.forRecipient(recipient);
    const sent = readForm(PreferencesInput, body, v.language, choicesIn(holds.zone));
    if (!sent.ok) return { typed: sent.typed, errors: wrong(v, Object.keys(sent.errors)) };
    try {
      await choose(sent.value);
      return null;
    } catch (error) {
      if (!(error instanceof BadRequest)) throw error;
      return { typed: typedOf((body ?? {}) as Record<string, unknown>), errors: wrong(v, ['pausedUntil']) };
    }
  }

  /** Runs a button's action; returns the message to show. */
  async step(v: Viewer, { id }: PreferencesOwner, step: Step, body: unknown): Promise<(typeof FLASH)[Step]> {
    if (step === 'stop') await this.preferences.stop(id);
    else if (step === 'start') await this.preferences.resume(id);
    else await this.leaveOrJoin(v, id, step, body);
    return FLASH[step];
  }

  private async leaveOrJoin(v: Viewer, id: string, step: 'leave' | 'join', body: unknown): Promise<void> {
    const sent = readForm(Target, body, v.language);
    if (!sent.ok) throw new BadRequest('form-incomplete');
    await (step === 'leave'
      ? this.preferences.leave(id, sent.value)
      : this.preferences.rejoin(id, sent.value));
  }
}
