import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import type { Actor } from '../../domain/access/actor.js';
import { VERDICTS, VerdictReason } from '../../domain/review/verdict.js';
import { INBOX_FIELDS } from '../../domain/review/inbox-filters.js';
import { Inbox } from '../../features/reviews/inbox.js';
import { Verdicts } from '../../features/reviews/verdicts.js';
import { CurrentActor, InsideInstitute } from '../../platform/access/rule.js';
import { readForm, readQuery } from '../kit/form.js';
import { goAndSay, View, type Viewer } from '../kit/viewer.js';
import { backTo, withDecided } from './back.js';
import { changedRow } from './changed-row.js';
import { inboxPath } from './inbox-address.js';
import { Back, taken } from './taken.js';

/** A reason alone means "not": each button of the form decides by itself. */
const DecideForm = z.object({ verdict: z.enum([...VERDICTS, 'none']).optional(), reason: VerdictReason.optional(), version: z.coerce.number().int().min(1).max(2_147_483_647).optional(), back: Back })
  .refine((f) => f.reason !== undefined || (f.verdict !== undefined && f.verdict !== 'not'), { path: ['reason'] })
  .refine((f) => f.reason === undefined || f.verdict === undefined || f.verdict === 'not', { path: ['verdict'] });
const UndoForm = z.object({ decidedAt: z.iso.datetime().optional(), back: Back });

interface Done { v: Viewer; actor: Actor; profile: string; call: string; back: string | undefined; response: Response }

/** Decisions from pages: one press of a button or key each. */
@ApiExcludeController()
@Controller('institutes/:profile/calls/:call/verdict')
export class VerdictPages {
  constructor(
    private readonly verdicts: Verdicts,
    private readonly inbox: Inbox,
  ) {}

  @InsideInstitute('profile', 'write')
  @Post()
  async decide(
    @CurrentActor() actor: Actor, @View() v: Viewer, @Param('profile') profile: string, @Param('call', { schema: z.uuid() }) call: string, @Body() body: unknown, @Res({ passthrough: true }) response: Response,
  ): Promise<string | undefined> {
    const { verdict, reason = null, version, back } = taken(readForm(DecideForm, body, v.language));
    const decision = reason ? ('not' as const) : verdict === 'relevant' ? verdict : null;
    await this.verdicts.decide(actor, profile, call, { verdict: decision, reason, ...(version !== undefined && { version }) });
    return this.after({ v, actor, profile, call, back, response });
  }

  @InsideInstitute('profile', 'write')
  @Post('undo')
  async undo(
    @CurrentActor() actor: Actor, @View() v: Viewer, @Param('profile') profile: string, @Param('call', { schema: z.uuid() }) call: string, @Body() body: unknown, @Res({ passthrough: true }) response: Response,
  ): Promise<string | undefined> {
    const { decidedAt, back } = taken(readForm(UndoForm, body, v.language));
    await this.verdicts.undo(profile, call, decidedAt);
    return this.after({ v, actor, profile, call, back, response });
  }

  /** The row as it now stands for the script that asked for it; else back to the page, which says what was done. */
  private async after(done: Done): Promise<string | undefined> {
    const { v, actor, profile, call, back, response } = done;
    const [own, path] = [inboxPath(profile), backTo(back, inboxPath(profile))];
    const ofInbox = path === own || path.startsWith(`${own}?`);
    if (v.part && ofInbox) {
      const query = readQuery(INBOX_FIELDS, Object.fromEntries(new URL(path, 'http://here').searchParams));
      const [item, counts] = await Promise.all([this.inbox.one(actor, profile, call, v.language), this.inbox.counts(actor, profile, query)]);
      if (item) return changedRow({ v, item, counts, query, place: { profileId: profile, decides: true, back: path } });
    }
    if (ofInbox) response.redirect(303, withDecided(path, call));
    else goAndSay(response, path, 'said.saved');
    return undefined;
  }
}
