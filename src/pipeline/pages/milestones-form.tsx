import { may } from '../../kernel/actor.js';
import { labelFor } from '../domain/milestones.js';
import { MilestonesInput, type OpportunityView } from '../api/opportunity-views.js';
import { FormError } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import { numberIn } from '../../ui/form.js';

export interface Person {
  id: string;
  name: string;
}
/** A line of the form, as typed. */
export interface MilestoneLine {
  id: string;
  label: string;
  on: string;
  before: string;
  personId: string;
  done: boolean;
}

/** Number of empty lines for new milestones. */
const BLANK = 2;

export const linesOf = (milestones: OpportunityView['milestones']): MilestoneLine[] =>
  milestones.map((m) => ({
    id: m.id,
    label: m.label,
    on: m.on,
    before: m.before?.toString() ?? '',
    personId: m.personId ?? '',
    done: m.doneAt !== null,
  }));

/** The lines of the form: field names end in the line number. One whose label was emptied is to go. */
export function sentLines(body: unknown): MilestoneLine[] {
  const sent = (body ?? {}) as Record<string, unknown>;
  const value = (name: string, n: string): string => {
    const text = sent[`${name}-${n}`];
    return typeof text === 'string' ? text.trim() : '';
  };
  return Object.keys(sent)
    .flatMap((name) => /^label-(\d{1,3})$/.exec(name)?.[1] ?? [])
    .map((n) => ({
      id: value('id', n),
      label: value('label', n),
      on: value('on', n),
      before: value('before', n),
      personId: value('person', n),
      done: value('done', n) !== '',
    }))
    .filter((line) => line.label !== '' || line.id !== '');
}

/** Returns the milestones of the lines; null if one of them is invalid, or if there are too many. */
export function readLines(lines: MilestoneLine[]): MilestonesInput | null {
  const read = MilestonesInput.safeParse({
    milestones: lines
      .filter((line) => line.label !== '')
      .map((line) => ({
        ...line,
        id: line.id || undefined,
        before: line.before === '' ? null : numberIn(line.before),
        personId: line.personId || null,
      })),
  });
  return read.data ?? null;
}

interface Shown {
  v: Viewer;
  action: string;
  lines: MilestoneLine[];
  people: Person[];
  wrong: boolean;
}

interface Row extends Pick<Shown, 'v' | 'people'> {
  line: MilestoneLine;
  i: number;
  disabled: boolean;
}

function MilestoneRow({ v, line, i, people, disabled }: Row) {
  const said = (what: 'label' | 'on' | 'person' | 'done', i: number): string =>
    v.t('pipeline.milestone.nth', { what: v.t(`pipeline.milestone.${what}`), n: i + 1 });
  return (
    <li class={line.done ? 'row done' : 'row'}>
      <input type="hidden" name={`id-${i}`} value={line.id} />
      <input type="hidden" name={`before-${i}`} value={line.before} />
      <input
        name={`label-${i}`}
        value={labelFor(line.label, v.language)}
        maxLength={120}
        placeholder={v.t('pipeline.milestone.label')}
        aria-label={said('label', i)}
        disabled={disabled}
      />
      <input type="date" name={`on-${i}`} value={line.on} aria-label={said('on', i)} disabled={disabled} />
      <select name={`person-${i}`} aria-label={said('person', i)} disabled={disabled}>
        <option value="">{v.t('pipeline.nobody')}</option>
        {people.map((p) => (
          <option key={p.id} value={p.id} selected={p.id === line.personId}>
            {p.name}
          </option>
        ))}
      </select>
      <label class="choice">
        <input
          type="checkbox"
          name={`done-${i}`}
          value="true"
          checked={line.done}
          aria-label={said('done', i)}
          disabled={disabled}
        />{' '}
        {v.t('pipeline.milestone.done')}
      </label>
    </li>
  );
}

/** The institute's milestones, each with who is responsible and whether it is done. */
export function MilestonesForm({ v, action, lines, people, wrong }: Shown) {
  const disabled = !may(v.actor, 'pipeline.write');
  const blank = { id: '', label: '', on: '', before: '', personId: '', done: false };
  if (disabled && lines.length === 0) return <p class="muted">{v.t('pipeline.milestones-none')}</p>;
  return (
    <form method="post" action={action}>
      <FormError says={wrong && v.t('pipeline.wrong-lines')} />
      {lines.length > 0 && (
        <ol class="plain-list milestones">
          {lines.map((line, i) => (
            <MilestoneRow key={i} {...{ v, line, i, people, disabled }} />
          ))}
        </ol>
      )}
      {!disabled && (
        <>
          <details open={wrong}>
            <summary>{v.t('pipeline.milestones-add')}</summary>
            <ol class="plain-list milestones" start={lines.length + 1}>
              {Array.from({ length: BLANK }, (_, i) => (
                <MilestoneRow key={i} {...{ v, line: blank, i: lines.length + i, people, disabled }} />
              ))}
            </ol>
          </details>
          <p class="help">{v.t('pipeline.milestones-help')}</p>
          <button type="submit">{v.t('form.save')}</button>
        </>
      )}
    </form>
  );
}
