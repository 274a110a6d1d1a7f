import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { type InboxQuery } from '../domain/inbox-filters.js';
import type { InboxItem } from '../api/inbox-views.js';
import { Inbox, type InboxPage } from '../inbox.js';
import { part } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { Overtaken, type RowPlace, usualDay, VerdictLine } from './inbox-decision.js';
import { InboxRow } from './inbox-row.js';
import { States } from './inbox-states.js';
import { Conflict } from '../../kernel/errors.js';
import type { Actor } from '../../kernel/actor.js';
import { Interests } from '../../network/interests.js';
import { Decision, Undo } from '../domain/decision.js';
import { Verdicts } from '../verdicts.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { type FormFields, numberIn, readForm, taken } from '../../ui/form.js';
import { Back, inboxPath } from '../../access/domain/landing.js';
import { inboxQueryIn, withDecided } from './inbox-address.js';
import { type Answer, redirectTo } from '../../ui/answer.js';

interface Changed {
  v: Viewer;
  item: InboxItem;
  /** Whether somebody else decided first. */ late: boolean;
  place: RowPlace;
  query: InboxQuery;
  counts: NonNullable<InboxPage['counts']>;
  together: number;
}

/** A row after a decision, the text announced for it, and the updated count of each state. */
const changedRow = ({ v, item, late, place, query, counts, together }: Changed): string =>
  part(
    <>
      <InboxRow v={v} item={item} place={place} />
      <p id="inbox-flash" hx-swap-oob="innerHTML">
        {late ? <Overtaken v={v} item={item} /> : <VerdictLine v={v} item={item} n={together} />}
      </p>
      <States v={v} profileId={place.profileId} query={query} counts={counts} again />
    </>,
  );

/** How many calls are decided on by one press: each is sent by itself, and the answer says how many. */
const Together = z.number().int().min(1).max(1_000).default(1);
const DecideForm = Decision.safeExtend({ back: Back, together: Together });
const UndoForm = Undo.extend({ back: Back, together: Together });

/**
 * A reason alone means "not": each button of the form is a decision by itself. The day is used for "later";
 * one that was cleared is the usual one. `decidedAt` is the time of the verdict shown on the page.
 */
function decisionIn(
  { verdict, reason, until, version, decidedAt, back, together }: FormFields,
  now: Date,
): FormFields {
  const decision = verdict ?? (reason === undefined ? undefined : 'not');
  return {
    verdict: decision === 'none' ? null : decision,
    reason,
    until: decision === 'later' ? (until ?? usualDay(now)) : undefined,
    version: numberIn(version),
    decidedAt: decidedAt === 'none' ? null : decidedAt,
    back,
    together: numberIn(together),
  };
}

interface Asked {
  v: Viewer;
  actor: Actor;
  profile: string;
  call: string;
  back: string | null;
  together: number;
}

/** Whether somebody else decided first, so that nothing was changed. */
async function overtaken(deciding: Promise<unknown>): Promise<boolean> {
  try {
    await deciding;
    return false;
  } catch (error) {
    if (error instanceof Conflict) return true;
    throw error;
  }
}

/** Decisions from pages: one press of a button or key each. */
@ApiExcludeController()
@Controller('institutes/:profile/calls/:call/verdict')
export class VerdictPages {
  constructor(
    private readonly verdicts: Verdicts,
    private readonly inbox: Inbox,
    private readonly interests: Interests,
  ) {}

  @Needs('decision.write', 'profile')
  @Post()
  async decide(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profile: string,
    @Param('call', { schema: z.uuid() }) call: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const { back, together, ...decision } = taken(
      readForm(DecideForm, body, v.language, (fields) => decisionIn(fields, v.now)),
    );
    const deciding = this.verdicts.decide(actor, profile, call, decision);
    return this.answer({ v, actor, profile, call, back, together }, await overtaken(deciding));
  }

  @Needs('decision.write', 'profile')
  @Post('undo')
  async undo(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profile: string,
    @Param('call', { schema: z.uuid() }) call: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const { decidedAt, back, together } = taken(
      readForm(UndoForm, body, v.language, (fields) => ({
        ...fields,
        together: numberIn(fields['together']),
      })),
    );
    return this.answer(
      { v, actor, profile, call, back, together },
      await overtaken(this.verdicts.undo(profile, call, decidedAt)),
    );
  }

  /**
   * Returns the updated row for the script that asked for it; otherwise redirects back to the page. Both
   * report the decision, or that somebody else decided first.
   */
  private async answer({ v, actor, profile, call, back, together }: Asked, late: boolean): Promise<Answer> {
    const own = inboxPath(profile);
    const path = back ?? own;
    const ofInbox = path === own || path.startsWith(`${own}?`);
    if (v.part && ofInbox) {
      const query = inboxQueryIn(new URL(path, 'http://here').searchParams);
      const [item, counts, interested] = await Promise.all([
        this.inbox.findItem(actor, profile, call, v.language),
        this.inbox.counts(actor, profile, query),
        this.interests.others([call], profile),
      ]);
      if (item)
        return changedRow({
          v,
          item,
          late,
          counts,
          query,
          together,
          place: { profileId: profile, decides: true, back: path, interested },
        });
    }
    const next = ofInbox ? withDecided(path, call) : path;
    // The inbox reports each decision itself.
    if (ofInbox && !late) return redirectTo(next);
    return redirectTo(next, late ? 'flash.overtaken' : 'flash.saved');
  }
}
