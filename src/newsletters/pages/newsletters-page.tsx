import type { SearchView } from '../../decisions/saved-searches.js';
import { withQuery } from '../../ui/address.js';
import { dayText } from '../../ui/dates.js';
import type { Typed } from '../../ui/form.js';
import { Dots, Field, FormError, LanguageOptions, StatusBadge } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import {
  LONGEST_INTRO,
  LONGEST_LINE,
  LONGEST_NAME,
  type NewsletterCall,
  type WrittenNewsletter,
} from '../domain/newsletter.js';
import { LEFT_OUT } from '../domain/reader.js';
import type { ReaderList } from '../newsletter-readers.js';
import type { Reached } from '../newsletter-sender.js';
import { type Newsletter, type Offered, type PickedFrom, PLACES } from '../newsletters.js';
import { Lists } from './readers.controller.js';

function NewForm({ v, profile, form: { typed, errors } }: { v: Viewer; profile: string; form: Typed }) {
  return (
    <form method="post" action={`/institutes/${profile}/newsletters`} class="card">
      <h2>{v.t('newsletters.new')}</h2>
      {(['list', 'title'] as const).map((name) => (
        <Field
          key={name}
          id={name}
          label={v.t(`newsletter.${name}`)}
          help={name === 'list' ? v.t('newsletter.list-help') : undefined}
          error={errors[name]}
        >
          <input
            id={name}
            name={name}
            required
            maxLength={LONGEST_NAME}
            value={typed[name]}
            aria-describedby={errors[name] ? `${name}-error` : name === 'list' ? 'list-help' : undefined}
            aria-invalid={errors[name] ? 'true' : undefined}
          />
        </Field>
      ))}
      <Field id="language" label={v.t('form.language')}>
        <select id="language" name="language">
          <LanguageOptions v={v} chosen={typed['language'] ?? v.language} />
        </select>
      </Field>
      <button class="primary" type="submit">
        {v.t('newsletters.make')}
      </button>
    </form>
  );
}

/** The newsletters of an institute, and the form to begin one. */
export const NewslettersPage = ({
  v,
  profile,
  newsletters,
  lists,
  form,
  writes,
}: {
  v: Viewer;
  profile: string;
  newsletters: Newsletter[];
  lists: ReaderList[];
  form: Typed;
  writes: boolean;
}) => (
  <>
    <h1>{v.t('newsletters.title')}</h1>
    <p>{v.t('newsletters.lead')}</p>
    {newsletters.length === 0 ? (
      <p class="muted">{v.t('newsletters.none')}</p>
    ) : (
      <ul class="card newsletters">
        {newsletters.map((one) => (
          <li key={one.id}>
            <a href={`/institutes/${profile}/newsletters/${one.id}`}>{one.title}</a>
            <p class="muted small">
              <Dots
                parts={[
                  one.list,
                  v.t('newsletters.calls', { n: one.items.length }),
                  one.issuedAt
                    ? v.t('newsletters.issued', { day: dayText(v, one.issuedAt.toISOString()) })
                    : v.t('newsletters.draft', { who: one.updatedBy }),
                ]}
              />
            </p>
          </li>
        ))}
      </ul>
    )}
    <Lists v={v} profile={profile} lists={lists} />
    {writes && <NewForm v={v} profile={profile} form={form} />}
  </>
);

/** When the list has had a call before, if it has. */
const Had = ({ v, at }: { v: Viewer; at: Date | undefined }) =>
  at ? <span class="badge">{v.t('newsletter.had', { day: dayText(v, at.toISOString()) })}</span> : null;

function Item({
  v,
  call,
  place,
  had,
  error,
}: {
  v: Viewer;
  call: NewsletterCall;
  place: number;
  had?: Date | undefined;
  error?: string | undefined;
}) {
  const { id, content, status, line } = call;
  return (
    <li>
      <input type="hidden" name="call" value={id} />
      <h3 lang={content.language}>{content.title}</h3>
      <p>
        <StatusBadge v={v} status={status} /> <Had v={v} at={had} />
      </p>
      <Field id={`line-${id}`} label={v.t('newsletter.line')} error={error}>
        <textarea
          id={`line-${id}`}
          name={`line-${id}`}
          rows={2}
          maxLength={LONGEST_LINE}
          aria-describedby={error ? `line-${id}-error` : undefined}
        >
          {line}
        </textarea>
      </Field>
      <div class="row">
        <Field id={`place-${id}`} label={v.t('newsletter.place')}>
          <input id={`place-${id}`} name={`place-${id}`} type="number" min="1" max="99" value={place} />
        </Field>
        <label class="choice">
          <input type="checkbox" name="remove" value={id} />
          {v.t('newsletter.leave-out')}
        </label>
      </div>
    </li>
  );
}

function Offers({
  v,
  from,
  offered,
  had,
  searches,
}: Pick<Edited, 'v' | 'had' | 'from' | 'offered' | 'searches'>) {
  return (
    <fieldset class="offers">
      <legend>{v.t('newsletter.add')}</legend>
      <div class="row">
        <Field id="from" label={v.t('newsletter.from')}>
          <select id="from" name="from">
            {PLACES.map((place) => (
              <option key={place} value={place} selected={place === from}>
                {v.t(`newsletter.from.${place}`)}
              </option>
            ))}
            {searches.map(({ id, name }) => (
              <option key={id} value={id} selected={id === from}>
                {name}
              </option>
            ))}
          </select>
        </Field>
        <button type="submit">{v.t('newsletter.show-these')}</button>
      </div>
      {offered.length === 0 ? (
        <p class="muted">{v.t('newsletter.nothing-offered')}</p>
      ) : (
        offered.map(({ id, title, language, status, nextDeadline }) => (
          <label key={id} class="choice">
            <input type="checkbox" name="add" value={id} />
            <span>
              <span lang={language}>{title}</span>{' '}
              {status === 'draft' && <StatusBadge v={v} status={status} />}{' '}
              {nextDeadline !== null && <span class="muted small">{dayText(v, nextDeadline)} </span>}
              <Had v={v} at={had.get(id)} />
            </span>
          </label>
        ))
      )}
    </fieldset>
  );
}

/** What is taken is what was sent, which has no form for Word. */
const Preview = ({ v, path, isSent }: { v: Viewer; path: string; isSent: boolean }) => (
  <section class="card" aria-labelledby="preview">
    <h2 id="preview">{v.t(isSent ? 'newsletter.as-sent' : 'profile.preview.button')}</h2>
    <p class="row">
      {(isSent ? (['html', 'txt'] as const) : (['html', 'docx', 'txt'] as const)).map((format) => (
        <a key={format} class="button" href={`${path}/newsletter.${format}`}>
          {v.t(`newsletter.take.${format}`)}
        </a>
      ))}
    </p>
    <div class="previews">
      {(['700', '400'] as const).map((width) => (
        <iframe
          key={width}
          class={`mail mail-${width}`}
          sandbox=""
          src={`${path}/mail`}
          title={v.t('newsletter.preview-at', { width })}
        />
      ))}
    </div>
  </section>
);

const ReadersLink = ({ v, newsletter: { profileId, list } }: Pick<Edited, 'v' | 'newsletter'>) => (
  <a href={withQuery(`/institutes/${profileId}/newsletters/readers`, { list })}>
    {v.t('newsletter.see-readers')}
  </a>
);

/** Whom a newsletter reached, and whom it did not. */
function ReachedCard({ v, newsletter, reached: { had, waiting, failed, leftOut } }: Edited) {
  return (
    <section class="card" aria-labelledby="reached">
      <h2 id="reached">{v.t('newsletter.reached')}</h2>
      <ul>
        <li>{v.t('newsletter.had-it', { n: had })}</li>
        {waiting > 0 && <li>{v.t('newsletter.waiting', { n: waiting })}</li>}
        {failed > 0 && <li>{v.t('newsletter.failed', { n: failed })}</li>}
        {LEFT_OUT.flatMap((why) => {
          const n = leftOut[why] ?? 0;
          return n > 0 ? [<li key={why}>{v.t(`newsletter.left-out.${why}`, { n })}</li>] : [];
        })}
      </ul>
      <p>
        <ReadersLink v={v} newsletter={newsletter} />
      </p>
    </section>
  );
}

/** The way to its readers: who is on the list, and the button. */
function SendCard({ v, newsletter, readers, path, form: { errors } }: Edited & { path: string }) {
  const { list, items, version } = newsletter;
  return (
    <section class="card" aria-labelledby="send">
      <h2 id="send">{v.t('newsletter.send')}</h2>
      <FormError says={errors['send']} />
      <p>
        {v.t('newsletter.on-list', { n: readers, list })} <ReadersLink v={v} newsletter={newsletter} />
      </p>
      {readers > 0 && items.length > 0 && (
        <form method="post" action={`${path}/send`}>
          <p class="muted small">{v.t('newsletter.send-says')}</p>
          <input type="hidden" name="version" value={version} />
          <button type="submit" class="primary">
            {v.t('newsletter.send-do', { n: readers })}
          </button>
        </form>
      )}
    </section>
  );
}

interface Edited {
  /** How many are on its list. */
  readers: number;
  reached: Reached;
  v: Viewer;
  newsletter: Newsletter;
  written: WrittenNewsletter;
  had: ReadonlyMap<string, Date>;
  offered: Offered[];
  searches: SearchView[];
  from: PickedFrom;
  form: Typed;
}

function EditForm({ path, form: { typed, errors }, ...edited }: Edited & { path: string }) {
  const { v, newsletter, written, had } = edited;
  return (
    <form method="post" action={path} class="card">
      <FormError says={errors['']} />
      <input type="hidden" name="version" value={typed['version'] ?? newsletter.version} />
      <Field id="title" label={v.t('newsletter.title')} error={errors['title']}>
        <input
          id="title"
          name="title"
          required
          maxLength={LONGEST_NAME}
          value={typed['title'] ?? newsletter.title}
          aria-describedby={errors['title'] ? 'title-error' : undefined}
          aria-invalid={errors['title'] ? 'true' : undefined}
        />
      </Field>
      <Field id="intro" label={v.t('newsletter.intro')} error={errors['intro']}>
        <textarea
          id="intro"
          name="intro"
          rows={4}
          maxLength={LONGEST_INTRO}
          aria-describedby={errors['intro'] ? 'intro-error' : undefined}
          aria-invalid={errors['intro'] ? 'true' : undefined}
        >
          {typed['intro'] ?? newsletter.intro}
        </textarea>
      </Field>
      <Field id="language" label={v.t('form.language')}>
        <select id="language" name="language">
          <LanguageOptions v={v} chosen={typed['language'] ?? newsletter.language} />
        </select>
      </Field>
      {written.calls.length > 0 && (
        <ol class="items">
          {written.calls.map((call, i) => (
            <Item
              key={call.id}
              v={v}
              call={call}
              place={i + 1}
              had={had.get(call.id)}
              error={errors[`line-${call.id}`]}
            />
          ))}
        </ol>
      )}
      {errors['items'] && <p class="error">{errors['items']}</p>}
      <Offers {...edited} />
      <button class="primary" type="submit">
        {v.t('form.save')}
      </button>
    </form>
  );
}

/** A newsletter: its calls with their lines, those that may be added, and what its readers will see. */
export function NewsletterPage({
  writes,
  removes,
  ...edited
}: Edited & { writes: boolean; removes: boolean }) {
  const { v, newsletter, written } = edited;
  const path = `/institutes/${newsletter.profileId}/newsletters/${newsletter.id}`;
  const isSent = newsletter.sentAt !== null;
  return (
    <>
      <p>
        <a href={`/institutes/${newsletter.profileId}/newsletters`}>{v.t('newsletters.back')}</a>
      </p>
      <h1>{newsletter.title}</h1>
      <p class="muted">{v.t('newsletter.for', { list: newsletter.list })}</p>
      {newsletter.issuedAt && (
        <p class="notice">
          {v.t('newsletter.was-issued', { day: dayText(v, newsletter.issuedAt.toISOString()) })}
        </p>
      )}
      {isSent && <ReachedCard {...edited} />}
      {writes && <EditForm {...edited} path={path} />}
      <Preview v={v} path={path} isSent={isSent} />
      {writes && <SendCard {...edited} path={path} />}
      {removes && !isSent && (
        <div class="row">
          {writes && written.calls.length > 0 && (
            <form method="post" action={`${path}/issue`}>
              <p class="muted small">{v.t('newsletter.issue-says')}</p>
              <button type="submit">{v.t('newsletter.issue')}</button>
            </form>
          )}
          <form method="post" action={`${path}/remove`}>
            <button class="danger" type="submit">
              {v.t('form.delete')}
            </button>
          </form>
        </div>
      )}
    </>
  );
}
