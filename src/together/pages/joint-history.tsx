import type { JointStepView } from '../api/joint-step-views.js';
import { dayText, momentText } from '../../ui/dates.js';
import type { Viewer } from '../../ui/viewer.js';

type Change = NonNullable<JointStepView['changes']['lead']>;

/** The name of an institute; institutes that withdrew are not named. */
const named = (v: Viewer, institute: Change['to']): string =>
  institute === null
    ? v.t('joint.no-lead')
    : institute.name === null
      ? v.t('joint.withdrew')
      : institute.name;

const doer = (v: Viewer, { network, institute, person }: JointStepView['by']): string => {
  const of = network ? v.t('joint.by-network') : named(v, institute);
  return person === null ? of : `${person} (${of})`;
};

/** What a line changed, one sentence per change. */
function whatTexts(
  v: Viewer,
  { kind, changes: { lead, stage, wanted, wantedBy, member } }: JointStepView,
): string[] {
  const stageName = (s: NonNullable<typeof stage>['to']): string =>
    s === null ? '' : v.t(`joint.stage.${s}`);
  return [
    ...(kind === 'begun' ? [v.t('joint.step.begun')] : []),
    ...(member && (kind === 'joined' || kind === 'declined')
      ? [v.t(`joint.step.${kind}`, { name: named(v, member.to) })]
      : []),
    ...(kind === 'undo' ? [v.t('pipeline.step.undo')] : []),
    ...(stage && stage.from !== null
      ? [v.t('pipeline.step.stage', { from: stageName(stage.from), to: stageName(stage.to) })]
      : []),
    ...(lead ? [v.t('joint.step.lead', { name: named(v, lead.to) })] : []),
    ...(wanted
      ? [wanted.to === null ? v.t('joint.step.not-wanted') : v.t('joint.step.wanted', { what: wanted.to })]
      : []),
    ...(wantedBy && wantedBy.to !== null
      ? [v.t('joint.step.wanted-by', { day: dayText(v, wantedBy.to) })]
      : []),
  ];
}

/** Who changed what and when, newest first. */
export const JointHistory = ({ v, steps }: { v: Viewer; steps: JointStepView[] }) => (
  <ol class="plain-list joint-history">
    {steps.map((step) => (
      <li key={step.id} class={step.undone ? 'muted' : undefined}>
        {whatTexts(v, step).join(' · ')}
        {step.undone && (
          <>
            {' '}
            <span class="badge">{v.t('pipeline.step.undone')}</span>
          </>
        )}
        <br />
        <span class="small muted">
          {v.t('pipeline.history-by', { by: doer(v, step.by), when: momentText(v, step.at) })}
        </span>
      </li>
    ))}
  </ol>
);
