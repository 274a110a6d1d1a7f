import { budgetForPeople } from '../../domain/facts/budget.js';
import type { NeighbourView } from '../../api/neighbour-views.js';
import { dayText } from '../../../ui/dates.js';
import { Identifier } from '../../../ui/identifier.js';
import { StatusBadge } from '../../../ui/parts.js';
import type { Viewer } from '../../../ui/viewer.js';
import { callPath, type CallModel } from './model.js';

function Neighbour({ v, model, one }: { v: Viewer; model: CallModel; one: NeighbourView }) {
  const last = one.deadlines.at(-1);
  return (
    <li>
      <a href={callPath(model.institute, one.id)} lang={one.language}>
        {one.title}
      </a>
      <span class="row small muted">
        <StatusBadge v={v} status={one.status} />
        <Identifier v={v} call={one} />
        {last ? (
          <span>{v.t('call.until', { when: dayText(v, last.at) })}</span>
        ) : (
          <span>{v.t('days.none')}</span>
        )}
        {one.budget && <span>{budgetForPeople(one, v.language, one.budgetFor)}</span>}
      </span>
    </li>
  );
}

function List({
  v,
  model,
  title,
  all,
}: {
  v: Viewer;
  model: CallModel;
  title: string;
  all: NeighbourView[];
}) {
  return all.length === 0 ? null : (
    <>
      <h3>{title}</h3>
      <ul class="plain-list neighbours">
        {all.map((one) => (
          <Neighbour key={one.id} v={v} model={model} one={one} />
        ))}
      </ul>
    </>
  );
}

/** Its other editions and similar calls. */
export const Neighbours = ({ v, model }: { v: Viewer; model: CallModel }) => (
  <>
    <List v={v} model={model} title={v.t('call.editions')} all={model.context.editions} />
    <List v={v} model={model} title={v.t('call.similar')} all={model.context.similar} />
  </>
);
