import { LONGEST_NAME, type MadeCalendar } from '../api/calendar-views.js';
import { ConfirmFirst } from '../../ui/confirm.js';
import { dayText, momentText } from '../../ui/dates.js';
import { Dots, Field } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import type { Shelf, ShelfKind } from './calendar-shelves.js';

/** What was typed into which form, and what is wrong with it. */
export interface CalendarForm {
  kind: ShelfKind;
  values: Record<string, string>;
  errors: Record<string, string>;
}

/** How calendars are told an address. */
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
  shelf,
  item: { calendar, revoke, of },
}: {
  v: Viewer;
  shelf: Shelf;
  item: Shelf['calendars'][number];
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
      {shelf.writes && (
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

function NewCalendar({ v, shelf, values, errors }: { v: Viewer; shelf: Shelf } & Omit<CalendarForm, 'kind'>) {
  const [id, group] = [`calendar-${shelf.kind}`, `calendar-${shelf.kind}-group`];
  return (
    <form method="post" action={shelf.action} class="calendar-form">
      {shelf.groups.length > 0 && (
        <Field id={group} label={v.t('calendars.which-group')}>
          <select id={group} name="group">
            {shelf.groups.map((g) => (
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
          value={values['name'] ?? shelf.name}
          aria-describedby={errors['name'] ? `${id}-error` : undefined}
          aria-invalid={errors['name'] ? 'true' : undefined}
        />
      </Field>
      <button class="primary" type="submit" aria-label={v.t('calendars.make-which', { what: shelf.title })}>
        {v.t('calendars.make')}
      </button>
    </form>
  );
}

function ShelfCard({ v, shelf, form }: { v: Viewer; shelf: Shelf; form: CalendarForm | null }) {
  const { values, errors } = form?.kind === shelf.kind ? form : { values: {}, errors: {} };
  return (
    <section class="card" aria-labelledby={shelf.kind}>
      <h2 id={shelf.kind}>{shelf.title}</h2>
      <p>{shelf.help}</p>
      {shelf.calendars.length === 0 ? (
        <p class="muted">{v.t('calendars.none')}</p>
      ) : (
        <ul class="calendars">
          {shelf.calendars.map((item) => (
            <CalendarItem key={item.calendar.id} v={v} shelf={shelf} item={item} />
          ))}
        </ul>
      )}
      {shelf.writes && <NewCalendar v={v} shelf={shelf} values={values} errors={errors} />}
    </section>
  );
}

/** The addresses that one sees, by whose deadlines they show, and a form for another one of each. */
export const CalendarsPage = ({
  v,
  shelves,
  form,
}: {
  v: Viewer;
  shelves: Shelf[];
  form: CalendarForm | null;
}) => (
  <>
    <h1>{v.t('calendars.title')}</h1>
    <p>{v.t('calendars.lead')}</p>
    <HowTo v={v} />
    <ConfirmFirst v={v} />
    {shelves.length === 0 && <p class="muted">{v.t('calendars.no-groups')}</p>}
    {shelves.map((shelf) => (
      <ShelfCard key={shelf.kind} v={v} shelf={shelf} form={form} />
    ))}
    <p>
      <a href="/deadlines">{v.t('calendars.to-deadlines')}</a>
    </p>
  </>
);

/** The address that was made just now: this page alone shows it. */
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

/** Where the deadlines themselves are shown: the way to them in one's own calendar. */
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
