import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Actor } from '../../kernel/actor.js';
import { TooManyRequests } from '../../kernel/errors.js';
import { labelsIn } from '../../profiles/domain/label-in.js';
import type { Profile } from '../../profiles/domain/profile.js';
import { pastedTopics } from '../../spreadsheets/domain/pasted-topics.js';
import { Profiles } from '../../profiles/profiles.js';
import { MOST_LETTERS, MOST_TOPICS, TopicsInput, topicTestView } from '../api/topic-test-views.js';
import { TopicTest } from '../topic-test.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { Gone } from '../../platform/api/gone.js';
import { readForm } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { headOf } from '../../profiles/pages/profile-page.js';
import { type TestModel, TestPage } from './topic-test-page.js';

/** The pages that test a profile with topics its institute works on. */
@ApiExcludeController()
@Controller('institutes/:profile/profile/test')
export class TopicTestPages {
  constructor(
    private readonly tests: TopicTest,
    private readonly profiles: Profiles,
  ) {}

  @Needs('match.read', 'profile')
  @Get()
  async form(@View() v: Viewer, @Param('profile') id: string): Promise<string> {
    return shown(v, (await this.profiles.get(id)).profile.content, {});
  }

  /**
   * Responds with the page instead of a redirect: nothing is stored that an address could refer to, and a
   * list of topics is too long for a query.
   */
  @Needs('match.read', 'profile')
  @Post()
  @HttpCode(200)
  async test(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Gone() gone: AbortSignal,
    @Res({ passthrough: true }) response: Response,
    @Param('profile') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const { content } = (await this.profiles.get(id)).profile;
    const read = readTopics(v, body);
    if ('error' in read) {
      response.status(422);
      return shown(v, content, read);
    }
    const { typed, topics } = read;
    try {
      const tested = await this.tests.run({ profile: content, topics, now: v.now }, actor, gone);
      return shown(v, content, {
        typed,
        result: topicTestView(tested, {
          language: v.language,
          least: await this.tests.leastFor(id, actor),
          now: v.now,
          called: labelsIn(content.competences, v.language),
        }),
      });
    } catch (error) {
      if (!(error instanceof TooManyRequests)) throw error;
      response.status(429);
      return shown(v, content, { typed, overtaken: true });
    }
  }
}

function readTopics(
  v: Viewer,
  body: unknown,
): { typed: string; topics: string[] } | { typed: string; error: string } {
  const sent = readForm(TopicsInput, body, v.language);
  const typed = sent.ok ? sent.value.topics : (sent.typed['topics'] ?? '');
  if (!sent.ok && typed !== '') return { typed, error: v.t('test.too-long', { most: MOST_LETTERS }) };
  const topics = sent.ok ? pastedTopics(typed) : [];
  if (!topics.length) return { typed, error: v.t('test.none') };
  return topics.length > MOST_TOPICS
    ? { typed, error: v.t('test.too-many', { n: topics.length, most: MOST_TOPICS }) }
    : { typed, topics };
}

const shown = (v: Viewer, profile: Profile, model: Partial<TestModel>): string =>
  page(
    v,
    {
      title: v.t('test.title'),
      place: 'profile',
      institute: headOf(profile),
      styles: ['why'],
      scripts: ['why'],
      wide: true,
    },
    TestPage({ v, model: { profile, typed: '', error: null, overtaken: false, result: null, ...model } }),
  );
