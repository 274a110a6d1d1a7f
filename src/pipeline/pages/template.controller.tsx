import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { FormError } from '../../ui/parts.js';
import { type Actor, may } from '../../kernel/actor.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { pipelinePath } from './move-form.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { page } from '../../ui/page.js';
import { labelFor, MilestoneTemplate } from '../domain/milestones.js';
import { Planning } from '../planning.js';
import { sentLines } from './milestones-form.js';
import { type Answer, pageWith, redirectTo } from '../../ui/answer.js';

interface TemplateLine {
  label: string;
  before: string;
}
const BLANK = 3;

interface Shown {
  v: Viewer;
  profileId: string;
  lines: TemplateLine[];
  wrong: boolean;
}

/** The form for an institute's milestone template. */
function TemplatePage({ v, profileId, lines, wrong }: Shown) {
  const writes = may(v.actor, 'pipeline.write');
  const said = (what: 'label' | 'before', i: number): string =>
    v.t('pipeline.milestone.nth', { what: v.t(`pipeline.milestone.${what}`), n: i + 1 });
  const shown = writes
    ? [...lines, ...Array.from({ length: BLANK }, () => ({ label: '', before: '' }))]
    : lines;
  return (
    <>
      <p class="small">
        <a href={pipelinePath(profileId)}>{v.t('pipeline.title')}</a>
      </p>
      <h1>{v.t('pipeline.template-title')}</h1>
      <p class="muted lead">{v.t('pipeline.template-lead')}</p>
      <form method="post" action={`/institutes/${profileId}/milestone-template`} class="card">
        <FormError says={wrong && v.t('pipeline.wrong-template')} />
        <ol class="plain-list milestones">
          {shown.map((line, i) => (
            <li key={i} class="row">
              <input
                name={`label-${i}`}
                value={line.label}
                maxLength={120}
                placeholder={v.t('pipeline.milestone.label')}
                aria-label={said('label', i)}
                disabled={!writes}
              />
              <label>
                {v.t('pipeline.milestone.before')}{' '}
                <input
                  type="number"
                  min={0}
                  max={1000}
                  name={`before-${i}`}
                  value={line.before}
                  aria-label={said('before', i)}
                  disabled={!writes}
                />
              </label>
            </li>
          ))}
        </ol>
        {writes && (
          <button type="submit" class="primary">
            {v.t('form.save')}
          </button>
        )}
      </form>
    </>
  );
}

@ApiExcludeController()
@Controller('institutes/:profile/milestone-template')
export class TemplatePages {
  constructor(private readonly planning: Planning) {}

  @Needs('pipeline.read', 'profile')
  @Get()
  async show(@View() v: Viewer, @Param('profile') profileId: string): Promise<string> {
    const template = await this.planning.template(profileId);
    const lines = template.map(({ label, before }) => ({
      label: labelFor(label, v.language),
      before: String(before),
    }));
    return this.render(v, profileId, lines, false);
  }

  @Needs('pipeline.write', 'profile')
  @Post()
  async change(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const lines = sentLines(body);
    const read = MilestoneTemplate.safeParse(
      lines.map(({ label, before }) => ({ label, before: before === '' ? null : Number(before) })),
    );
    if (!read.success) return pageWith(422, this.render(v, profileId, lines, true));
    await this.planning.changeTemplate(actor, profileId, read.data);
    return redirectTo(`/institutes/${profileId}/milestone-template`, 'flash.saved');
  }

  private render(v: Viewer, profileId: string, lines: TemplateLine[], wrong: boolean): string {
    const options = {
      title: v.t('pipeline.template-title'),
      place: 'pipeline' as const,
      styles: ['pipeline'],
    };
    return page(v, options, TemplatePage({ v, profileId, lines, wrong }));
  }
}
