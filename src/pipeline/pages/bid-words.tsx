import type { Stage } from '../domain/stage.js';
import type { Viewer } from '../../ui/viewer.js';
import type { OpportunityView } from '../api/opportunity-views.js';
import { dayText } from '../../ui/dates.js';

export const stageName = (v: Viewer, stage: Stage): string => v.t(`pipeline.stage.${stage}`);

/** What a bid is called: its acronym, if it has one, and the title of its call. */
export const bidTitle = ({ acronym, call }: OpportunityView): string =>
  [acronym, call.title].filter((part) => part !== null).join(' · ');

/** The same with the title in its language. */
export const BidTitle = ({ opportunity: { acronym, call } }: { opportunity: OpportunityView }) => (
  <>
    {acronym !== null && <>{acronym} · </>}
    <span lang={call.language}>{call.title}</span>
  </>
);

export const pipelinePath = (profileId: string): string => `/institutes/${profileId}/pipeline`;
export const opportunityPath = (profileId: string, id: string): string => `${pipelinePath(profileId)}/${id}`;

/** Says that the deadline moved, and from when; or that the call now has one. */
export const movedText = (v: Viewer, { deadline, deadlineMovedTo }: OpportunityView): string => {
  const to = dayText(v, deadlineMovedTo!);
  return deadline === null
    ? v.t('pipeline.dated', { to })
    : v.t('pipeline.moved', { to, from: dayText(v, deadline) });
};

/** The closing date that holds now, whether or not the bid's dates have followed it. */
export const deadlineNow = ({ deadline, deadlineMovedTo }: OpportunityView): string | null =>
  deadlineMovedTo ?? deadline;

/** Asks for what should be known by now. */
export const questionText = (
  v: Viewer,
  { question, expectedResult, expectedContract }: OpportunityView,
): string =>
  question === 'share' || question === 'requested'
    ? v.t(`pipeline.question.${question}`)
    : v.t(`pipeline.question.${question!}`, {
        day: dayText(v, (question === 'result' ? expectedResult : expectedContract)!),
      });
