import { AcrossInstitutes } from '../../../platform/access/across-institutes.js';
import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { AnswerGiven } from '../../domain/answer.js';
import { Answers, type Question } from '../../answers.js';
import { RateLimit } from '../../../platform/access/rate-limit.js';
import { Open, type AuthenticatedRequest } from '../../../platform/access/rule.js';
import { readForm } from '../../../ui/form.js';
import { page } from '../../../ui/page.js';
import { PageByLink } from '../../../ui/referrer.js';
import { tooOften } from '../../../ui/too-often.js';
import { redirectWithFlash, View, type Viewer, viewerByLink } from '../../../ui/viewer.js';
import { AnswerPage, StopPage, UnknownLink, type AnswerDraft } from './answer-page.js';

const pathOf = (secret: string): string => `/answer/${encodeURIComponent(secret)}`;

const draftOf = ({ answered }: Question): AnswerDraft => ({
  answer: answered?.answer ?? '',
  word: answered?.word ?? '',
  other: answered?.other ?? '',
  errors: {},
});

/** The pages to answer a proposal; the secret in the e-mail link is the only credential. */
@ApiExcludeController()
@AcrossInstitutes('a researcher follows the link in an e-mail')
@Open("the secret in the e-mail's link is the credential: researchers do not sign in")
@Controller('answer')
export class AnswerPages {
  constructor(
    private readonly answers: Answers,
    private readonly limits: RateLimit,
  ) {}

  /** Changes nothing: mail scanners open every link in an e-mail. */
  @Get(':token')
  @PageByLink()
  async ask(
    @View() v: Viewer,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) response: Response,
    @Param('token') secret: string,
  ): Promise<string> {
    const question = await this.answers.question(secret);
    return question
      ? this.show(viewerByLink(v, request, question.language), secret, question, draftOf(question))
      : this.unknown(v, request, response);
  }

  /** Stores the answer; it can be changed until the last deadline. */
  @Post(':token')
  @PageByLink()
  async answer(
    @View() viewer: Viewer,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) response: Response,
    @Param('token') secret: string,
    @Body() body: unknown,
  ): Promise<string | void> {
    const question = await this.answers.question(secret);
    if (!question) return this.unknown(viewer, request, response);
    const v = viewerByLink(viewer, request, question.language);
    const sent = readForm(AnswerGiven, body, v.language);
    const { answer = '', word = '', other = '' } = sent.ok ? sent.value : sent.typed;
    const again = (status: number, errors: Record<string, string>): string => {
      response.status(status);
      return this.show(v, secret, question, { answer, word, other, errors });
    };
    if (!sent.ok) return again(422, sent.errors);
    // Each changed answer sends an e-mail to the officer.
    const limited = await tooOften(v, response, () => this.limits.take('answers to a proposal', secret));
    if (limited) return again(429, limited);
    if (!(await this.answers.give(secret, sent.value))?.taken) return again(409, {});
    redirectWithFlash(response, pathOf(secret), 'flash.answered');
  }

  /** Changes nothing. */
  @Get(':token/stop')
  @PageByLink()
  async mayStop(
    @View() viewer: Viewer,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) response: Response,
    @Param('token') secret: string,
  ): Promise<string> {
    const question = await this.answers.question(secret);
    if (!question) return this.unknown(viewer, request, response);
    const v = viewerByLink(viewer, request, question.language);
    return page(v, { title: v.t('answer.stop-title') }, StopPage({ v, path: pathOf(secret) }));
  }

  /** Stops all further proposals from that institute. */
  @Post(':token/stop')
  @PageByLink()
  async stop(
    @View() viewer: Viewer,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) response: Response,
    @Param('token') secret: string,
  ): Promise<string | void> {
    if (!(await this.answers.object(secret))) return this.unknown(viewer, request, response);
    redirectWithFlash(response, pathOf(secret), 'flash.objected');
  }

  private show(v: Viewer, secret: string, question: Question, draft: AnswerDraft): string {
    return page(
      v,
      { title: v.t('answer.title'), styles: ['answer'] },
      AnswerPage({ v, path: pathOf(secret), question, draft }),
    );
  }

  private unknown(viewer: Viewer, request: AuthenticatedRequest, response: Response): string {
    const v = viewerByLink(viewer, request, undefined);
    response.status(404);
    return page(v, { title: v.t('answer.unknown-title') }, UnknownLink({ v }));
  }
}
