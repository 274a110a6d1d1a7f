import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { LearnedVerdicts } from '../learned.js';
import { Needs } from '../../platform/access/rule.js';
import { readForm, taken } from '../../ui/form.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { type Answer, redirectTo } from '../../ui/answer.js';

const Form = z.object({ counts: z.enum(['yes', 'no']) });

/** Sets aside what was learned from a verdict, and restores it. */
@ApiExcludeController()
@Controller('institutes/:profile/learned')
export class LearnedPages {
  constructor(private readonly learned: LearnedVerdicts) {}

  /** Sets aside what the decisions say of the score from which calls are sent, and restores it. */
  @Needs('decision.write', 'profile')
  @Post()
  async followThreshold(
    @View() v: Viewer,
    @Param('profile') profile: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const { counts } = taken(readForm(Form, body, v.language));
    await this.learned.followThreshold(profile, counts === 'yes');
    return redirectTo(`/institutes/${profile}/profile#learned`, 'flash.saved');
  }

  @Needs('decision.write', 'profile')
  @Post(':call')
  async set(
    @View() v: Viewer,
    @Param('profile') profile: string,
    @Param('call', { schema: z.uuid() }) call: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const { counts } = taken(readForm(Form, body, v.language));
    await this.learned.set(profile, call, counts === 'yes');
    return redirectTo(`/institutes/${profile}/profile#learned`, 'flash.saved');
  }
}
