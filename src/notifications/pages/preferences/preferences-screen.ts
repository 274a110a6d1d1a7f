import { BadRequestException, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { FOLLOW_KINDS } from '../../domain/content/message.js';
import { PreferencesOverview } from '../../preferences/preferences-overview.js';
import { NotificationPreferences, type PreferencesOwner } from '../../preferences/preferences.js';
import type { PreferencesInput, PreferencesView } from '../../api/preferences-views.js';
import { WaitingItems } from '../../preferences/waiting-items.js';
import type { PipelineMails } from '../../../access/domain/index.js';
import { readForm } from '../../../ui/form.js';
import type { PageOptions } from '../../../ui/layout.js';
import { page } from '../../../ui/page.js';
import { typedOf, type Typed } from '../../../ui/typed.js';
import type { Viewer } from '../../../ui/viewer.js';
import type { FollowShown } from './follow-button.js';
import { PreferencesPage } from './preferences-page.js';
import { inputOf, PreferencesSent, wrong } from './preferences-sent.js';

/** So much of what waits is named. */
const MOST_WAITING = 20;

/** What the buttons of the page do. */
export const Step = z.enum(['stop', 'start', 'leave', 'join']);
export type Step = z.infer<typeof Step>;
const Target = z.object({ kind: z.enum(FOLLOW_KINDS), target: z.string().min(1).max(200) });

const FLASH = {
  stop: 'flash.stopped',
  start: 'flash.started',
  leave: 'flash.left',
  join: 'flash.followed',
} as const;

/**
 * What is shown to somebody who signed in: what else they may follow, and what they chose of the e-mails
 * about the pipeline.
 */
interface OwnShown {
  offers: (recipient: PreferencesView) => FollowShown[];
  pipeline: PipelineMails | null;
}

/** The page on which somebody chooses what they are told, for who comes by a link and for who signed in. */
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
    const view = await this.overview.of(recipient, own?.pipeline);
    const { items } = await this.waitingItems.of(recipient.id, { limit: MOST_WAITING });
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

  /** Takes the form; where something of it is wrong, nothing is changed and it is given back. */
  async saved(
    v: Viewer,
    recipient: PreferencesOwner,
    body: unknown,
    choose: (input: PreferencesInput) => Promise<void>,
  ): Promise<Typed | null> {
    const sent = readForm(PreferencesSent, body, v.language);
    if (!sent.ok) return { typed: sent.typed, errors: wrong(v, Object.keys(sent.errors)) };
    const { holds } = await this.overview.of(recipient);
    try {
      await choose(inputOf(sent.value, holds.zone));
      return null;
    } catch (error) {
      if (!(error instanceof BadRequestException)) throw error;
      return { typed: typedOf((body ?? {}) as Record<string, unknown>), errors: wrong(v, ['pausedUntil']) };
    }
  }

  /** Does what a button says; gives what is to be said of it. */
  async step(v: Viewer, { id }: PreferencesOwner, step: Step, body: unknown): Promise<(typeof FLASH)[Step]> {
    if (step === 'stop') await this.preferences.stop(id);
    else if (step === 'start') await this.preferences.resume(id);
    else await this.one(v, id, step, body);
    return FLASH[step];
  }

  private async one(v: Viewer, id: string, step: 'leave' | 'join', body: unknown): Promise<void> {
    const sent = readForm(Target, body, v.language);
    if (!sent.ok) throw new BadRequestException('The form is incomplete.');
    await (step === 'leave'
      ? this.preferences.leave(id, sent.value)
      : this.preferences.rejoin(id, sent.value));
  }
}
