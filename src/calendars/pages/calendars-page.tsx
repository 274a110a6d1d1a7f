import { LONGEST_NAME } from '../../access/secret-address.js';
import type { MadeCalendar } from '../api/calendar-views.js';
import { ConfirmFirst } from '../../ui/confirm.js';
import { dayText, momentText } from '../../ui/dates.js';
import { Dots, Field } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import type { CalendarList, CalendarListKind } from './calendar-lists.js';

/** The values typed into a form, and their errors. */
export interface CalendarForm {
  kind: CalendarListKind;
  values: Record<string, string>;
  errors: Record<string, string>;
}

/** How to add a link to a calendar. */
const HowTo = ({ v }: { v: Viewer }) => (
  <details>
    <summary>{v.t('calendars.how')}</summary>
    <ul>
      {(['calendars.how-outlook', 'calendars.how-google', 'calendars.how-apple'] as const).map((key) => (
        <li key={key}>{v.t(key)}</li>
      ))}
    </ul>
  </details>
);

function CalendarItem({
  v,
  list,
  item: { calendar, revoke, of },
}: {
  v: Viewer;
  list: CalendarList;
  item: CalendarList['calendars'][number];
}) {
  return (
    <li>
      <div>
        <h3>{calendar.name}</h3>
        {of !== null && <p>{of}</p>}
        <p class="muted small">
          <Dots
            parts={[
              v.t('calendars.by', { name: calendar.madeBy ?? '–', day: dayText(v, calendar.createdAt) }),
              <>
                {v.t('calendars.secret')} <code>{calendar.hint}…</code>
              </>,
              v.t('calendars.read', {
                when:
                  calendar.lastReadAt === null ? v.t('calendars.never') : momentText(v, calendar.lastReadAt),
              }),
            ]}
          />
        </p>
      </div>
      {list.writes && (
        <form method="post" action={revoke}>
          <button
            class="danger"
            type="submit"
            aria-label={v.t('calendars.revoke-which', { name: calendar.name })}
          >
            {v.t('calendars.revoke')}
          </button>
        </form>
      )}
    </li>
  );
}

function NewCalendar({
  v,
  list,
  values,
  errors,
}: { v: Viewer; list: CalendarList } & Omit<CalendarForm, 'kind'>) {
  const [id, group] = [`calendar-${list.kind}`, `calendar-${list.kind}-group`];
  return (
    <form method="post" action={list.action} class="calendar-form">
      {list.groups.length > 0 && (
        <Field id={group} label={v.t('calendars.which-group')}>
          <select id={group} name="group">
            {list.groups.map((g) => (
              <option key={g.id} value={g.id} selected={values['group'] === g.id}>
                {g.name}
              </option>
            ))}
          </select>
        </Field>
      )}
      <Field id={id} label={v.t('calendars.name')} error={errors['name']}>
        <input
          id={id}
          name="name"
          required
          maxLength={LONGEST_NAME}
          value={values['name'] ?? list.name}
          aria-describedby={errors['name'] ? `${id}-error` : undefined}
          aria-invalid={errors['name'] ? 'true' : undefined}
        />
      </Field>
      <button class="primary" type="submit" aria-label={v.t('calendars.make-which', { what: list.title })}>
        {v.t('calendars.make')}
      </button>
    </form>
  );
}

function CalendarListCard({ v, list, form }: { v: Viewer; list: CalendarList; form: CalendarForm | null }) {
  const { values, errors } = form?.kind === list.kind ? form : { values: {}, errors: {} };
  return (
    <section class="card" aria-labelledby={list.kind}>
      <h2 id={list.kind}>{list.title}</h2>
      <p>{list.help}</p>
      {list.calendars.length === 0 ? (
        <p class="muted">{v.t('calendars.none')}</p>
      ) : (
        <ul class="calendars">
          {list.calendars.map((item) => (
            <CalendarItem key={item.calendar.id} v={v} list={list} item={item} />
          ))}
        </ul>
      )}
      {list.writes && <NewCalendar v={v} list={list} values={values} errors={errors} />}
    </section>
  );
}

/** The viewer's links by whose deadlines they show, each with a form to create another. */
export const CalendarsPage = ({
  v,
  lists,
  form,
}: {
  v: Viewer;
  lists: CalendarList[];
  form: CalendarForm | null;
}) => (
  <>
    <h1>{v.t('calendars.title')}</h1>
    <p>{v.t('calendars.lead')}</p>
    <HowTo v={v} />
    <ConfirmFirst v={v} />
    {lists.length === 0 && <p class="muted">{v.t('calendars.no-groups')}</p>}
    {lists.map((list) => (
      <CalendarListCard key={list.kind} v={v} list={list} form={form} />
    ))}
    <p>
      <a href="/deadlines">{v.t('calendars.to-deadlines')}</a>
    </p>
  </>
);

/** The link just created: only this page shows it. */
export const CalendarMade = ({ v, calendar }: { v: Viewer; calendar: MadeCalendar }) => (
  <section class="narrow">
    <h1>{v.t('calendars.made', { name: calendar.name })}</h1>
    <p class="notice warn" role="status">
      {v.t('calendars.once')}
    </p>
    <Field id="calendar-address" label={v.t('calendars.address')}>
      <input id="calendar-address" class="address" readOnly value={calendar.address} />
    </Field>
    <p>
      <a href={calendar.address.replace(/^https?:/, 'webcal:')}>{v.t('calendars.open')}</a>
    </p>
    <HowTo v={v} />
    <p>
      <a class="button" href="/deadlines/calendars">
        {v.t('calendars.back')}
      </a>
    </p>
  </section>
);

/** On the pages that show the deadlines: a link to subscribing in one's own calendar. */
export const CalendarsBlock = ({ v }: { v: Viewer }) => (
  <section class="card subscribe" aria-labelledby="subscribe">
    <h2 id="subscribe">{v.t('calendars.title')}</h2>
    <p>{v.t('calendars.block')}</p>
    <p>
      <a class="button" href="/deadlines/calendars">
        {v.t('calendars.subscribe')}
      </a>
    </p>
  </section>
);
