import { dayText, isoDay } from '../../ui/dates.js';
import { Dots, OutsideLink } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import type { OpportunityView } from '../api/opportunity-views.js';
import { namedText, resultText } from '../domain/results.js';
import { AWAITING_RESULT, type Stage } from '../domain/stage.js';

type Result = OpportunityView['results'][number];

/** A call may be awarded in many batches; older ones than these say nothing new. */
const SHOWN = 3;

function Links({ v, result: { url, voteUrl, title } }: { v: Viewer; result: Result }) {
  const link = (href: string, what: 'result.decision' | 'result.vote') => (
    <OutsideLink v={v} href={href} title={title}>
      {v.t(what)}
    </OutsideLink>
  );
  return <Dots parts={[link(url, 'result.decision'), voteUrl !== null && link(voteUrl, 'result.vote')]} />;
}

/** What the register of committees says of the result that a bid waits for, or had. */
export function ResultNote({ v, bid }: { v: Viewer; bid: Pick<OpportunityView, 'stage' | 'results'> }) {
  const { stage, results } = bid;
  const known = !AWAITING_RESULT.includes(stage);
  if (results.length === 0) return null;
  return (
    <ul class="plain-list results">
      {results.slice(0, SHOWN).map((result) => (
        <li key={result.document}>
          <p>
            {resultText({ ...result, voted: result.vote !== null, known }, isoDay(v.now), v.language)}{' '}
            {result.named && <strong>{namedText(result.named, v.language)}</strong>}
          </p>
          <p class="small">
            <span class="muted" lang="en">
              {result.title}
            </span>
            <br />
            <Links v={v} result={result} />
          </p>
        </li>
      ))}
    </ul>
  );
}

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

/** Why a bid could be prepared for another date. */
export const movedHow = ({
  deadline,
  laterDeadline,
}: OpportunityView): 'stage-2' | 'cut-off' | 'dated' | 'moved' =>
  laterDeadline?.kind ?? (deadline === null ? 'dated' : 'moved');

/** The date that a bid could be prepared for instead of its own; null if there is none. */
export const movedTo = ({ deadlineMovedTo, laterDeadline }: OpportunityView): string | null =>
  laterDeadline?.at ?? deadlineMovedTo;

/** Says that the deadline moved, and from when; that the call now has one; or that a later one comes next. */
export const movedText = (v: Viewer, opportunity: OpportunityView): string =>
  v.t(`pipeline.${movedHow(opportunity)}`, {
    to: dayText(v, movedTo(opportunity)!),
    from: opportunity.deadline === null ? '' : dayText(v, opportunity.deadline),
  });

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

interface Shown {
  v: Viewer;
  profileId: string;
  opportunity: OpportunityView;
  back: string;
  /** Whether to show a field for the reason. */
  why?: boolean;
}

export function MoveForm({ v, profileId, opportunity: o, back, why }: Shown) {
  return (
    <form
      method="post"
      action={`${opportunityPath(profileId, o.id)}/stage`}
      class={why ? 'move' : 'move row'}
      aria-label={v.t('pipeline.move-one', { title: o.call.title })}
    >
      <input type="hidden" name="from" value={o.stage} />
      <input type="hidden" name="back" value={back} />
      <label>
        {why ? v.t('pipeline.move') : <span class="hidden-visually">{v.t('pipeline.move')}</span>}{' '}
        <select name="stage">
          {o.next.map((stage) => (
            <option key={stage} value={stage}>
              {stageName(v, stage)}
            </option>
          ))}
        </select>
      </label>
      {why && (
        <label>
          {v.t('pipeline.why')} <input name="why" maxLength={2_000} />
        </label>
      )}
      <button type="submit">{v.t('pipeline.move-do')}</button>
    </form>
  );
}
