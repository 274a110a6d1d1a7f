import type { ProposalView } from '../api/proposal-views.js';
import type { ResearcherView } from '../api/researcher-views.js';
import { nextOrLast } from '../../calls/domain/facts/deadline.js';
import { dayText } from '../../ui/dates.js';
import { DaysLeft, Field, FormError, Identifier, Score, StatusBadge } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import { may } from '../../kernel/actor.js';
import { everybodyOf, type Situation } from '../proposing.js';
import { labelsIn, type LabelsIn } from '../../profiles/domain/names-in.js';
import type { Why } from '../domain/candidates.js';
import { withQuery } from '../../ui/address.js';
import { AskedList } from './asked-list.js';
import { type PersonDraft, PersonFields } from './person-form.js';

/** A ready-made or edited message. Its id keeps a double click from sending it twice. */
export interface Message {
  id: string;
  subject: string;
  text: string;
  errors: Record<string, string>;
  /** Another message was sent from the same form. */
  isSecond: boolean;
}

interface Options {
  v: Viewer;
  path: string;
  chosen: ResearcherView | null;
  everybody: ResearcherView[];
  message: Message;
  before: ProposalView | null;
}

/** The recipient field, shown if the original recipient is gone, so that the typed text is not lost. */
function ToChoose({
  v,
  everybody,
  error,
}: {
  v: Viewer;
  everybody: ResearcherView[];
  error: string | undefined;
}) {
  return (
    <Field id="researcher" label={v.t('outbox.to')} error={error}>
      <select
        id="researcher"
        name="researcher"
        required
        autofocus
        aria-describedby={error && 'researcher-error'}
      >
        <option value="">{v.t('propose.nobody')}</option>
        {everybody.map((r) => (
          <option key={r.id} value={r.id}>
            {r.name} ({r.email})
          </option>
        ))}
      </select>
    </Field>
  );
}

function MessageHead({ v, chosen, before }: Pick<Options, 'v' | 'chosen' | 'before'>) {
  return (
    <div class="row spread message-head">
      <div>
        <h2 id="message-to">
          {chosen ? v.t('propose.message-to', { name: chosen.name }) : v.t('propose.text')}
        </h2>
        {chosen && (
          <p class="muted small">
            {v.t('propose.to', { name: chosen.name, email: chosen.email, language: chosen.language })}
          </p>
        )}
      </div>
      <button type="submit" class="primary">
        {chosen
          ? v.t(before ? 'propose.send-again' : 'propose.send', { name: chosen.name })
          : v.t('propose.send-any')}
      </button>
    </div>
  );
}

/** Notices before sending. */
function Notices({ v, chosen, message: { errors, isSecond }, before }: Omit<Options, 'path' | 'everybody'>) {
  return (
    <>
      <FormError says={errors['']} />
      {isSecond && (
        <p class="notice warn" role="alert">
          {v.t('propose.first-sent')}
        </p>
      )}
      {chosen && before && (
        <p class="notice warn">
          {v.t('propose.asked-before', { name: chosen.name, day: dayText(v, before.askedAt) })}
        </p>
      )}
    </>
  );
}

/**
 * The message to a researcher, or to one still to be chosen. The button is at the top, as in a mail program,
 * so it stays in sight however long the message is.
 */
function ProposeForm({ v, path, chosen, everybody, message, before }: Options) {
  const { errors } = message;
  const language = chosen?.language;
  return (
    <form method="post" action={path} class="card message" aria-labelledby="message-to">
      <MessageHead v={v} chosen={chosen} before={before} />
      <Notices v={v} chosen={chosen} message={message} before={before} />
      <input type="hidden" name="id" value={message.id} />
      {chosen ? (
        <input type="hidden" name="researcher" value={chosen.id} />
      ) : (
        <ToChoose v={v} everybody={everybody} error={errors['researcher']} />
      )}
      {before && <input type="hidden" name="again" value="true" />}
      <Field id="subject" label={v.t('propose.subject')} error={errors['subject']}>
        <input
          id="subject"
          name="subject"
          value={message.subject}
          lang={language}
          required
          maxLength={300}
          aria-describedby={errors['subject'] && 'subject-error'}
        />
      </Field>
      <Field
        id="text"
        label={v.t('propose.text')}
        help={v.t('propose.link-help', {
          replies: v.actor?.email ? 'yes' : 'no',
          email: v.actor?.email ?? '',
        })}
        error={errors['text']}
      >
        <textarea
          id="text"
          name="text"
          rows={22}
          lang={language}
          required
          maxLength={10_000}
          aria-describedby={errors['text'] ? 'text-error' : 'text-help'}
        >
          {message.text}
        </textarea>
      </Field>
    </form>
  );
}

interface SeveralShown {
  v: Viewer;
  situation: Situation;
  asked: ProposalView[];
  path: string;
  /** The selection and input; its id keeps a double click from sending twice. */
  typed: { id: string; researchers: string[]; word: string };
  error: string | null;
}

/** The form to several people: each gets their ready-made message, with a personal note by the officer. */
function SeveralForm({ v, situation, asked, path, typed, error }: SeveralShown) {
  const before = new Set(asked.map((p) => p.researcher.id));
  const suited = new Set(situation.candidates.map((c) => c.researcher.id));
  const people = everybodyOf(situation).filter((r) => !before.has(r.id));
  if (people.length < 2) return null;
  return (
    <details class="card several" open={error !== null}>
      <summary>{v.t('several.title')}</summary>
      <form method="post" action={`${path}/several`}>
        <input type="hidden" name="id" value={typed.id} />
        <p class="muted">{v.t('several.says')}</p>
        <FormError says={error} />
        <fieldset>
          <legend>{v.t('several.whom')}</legend>
          <ul class="plain-list several-people">
            {people.map((r) => (
              <li key={r.id}>
                <label class="choice">
                  <input
                    type="checkbox"
                    name="researchers"
                    value={r.id}
                    checked={typed.researchers.includes(r.id)}
                  />{' '}
                  {r.name}
                  {suited.has(r.id) && <span class="badge"> {v.t('several.suits')}</span>}
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
        <Field id="several-word" label={v.t('several.word')} help={v.t('several.word-help')}>
          <textarea
            id="several-word"
            name="word"
            rows={3}
            maxLength={600}
            aria-describedby="several-word-help"
          >
            {typed.word}
          </textarea>
        </Field>
        <button type="submit" class="primary">
          {v.t('several.send')}
        </button>
      </form>
    </details>
  );
}

/** The proposed call, in three lines. */
function CallHead({
  v,
  situation: {
    call: { content },
    status,
  },
}: {
  v: Viewer;
  situation: Situation;
}) {
  return (
    <div class="call-head">
      <p class="call-title" lang={content.language}>
        {content.title}
      </p>
      <p class="row small">
        <StatusBadge v={v} status={status} />
        <Identifier v={v} call={content} />
        <DaysLeft v={v} at={nextOrLast(content.deadlines, v.now)?.at ?? null} status={status} />
      </p>
    </div>
  );
}

export interface ProposeOptions {
  v: Viewer;
  situation: Situation;
  asked: ProposalView[];
  /** The recipient; null if nobody was chosen and nobody matches, or the chosen person is gone. */
  chosen: ResearcherView | null;
  message: Message | null;
  adding: PersonDraft;
  /** Whether that form was submitted and must be corrected. */
  correcting: boolean;
  /** The contents of the form to several people. */
  several: Pick<SeveralShown, 'typed' | 'error'>;
}

/** Officers have no time for more than the strongest terms. */
const MOST_TERMS = 4;
/** And of a person who has many of the call's competences, the strongest. */
const MOST_REASONS = 4;

export const proposePath = ({ profile, call }: Pick<Situation, 'profile' | 'call'>): string =>
  `/institutes/${profile.id}/calls/${call.id}/propose`;

const WhyLine = ({ v, why, called }: { v: Viewer; why: Why; called: LabelsIn }) => (
  <li>
    {called(why.competence)}
    {why.terms.length > 0 && (
      <>
        {' '}
        <span class="muted">({why.terms.slice(0, MOST_TERMS).join(', ')})</span>
      </>
    )}{' '}
    <span class="muted">· {v.t('propose.points', { n: Math.round(why.points) })}</span>
  </li>
);

interface OneOptions {
  options: ProposeOptions;
  /** When each person was last asked. */
  before: ReadonlyMap<string | null, ProposalView>;
  called: LabelsIn;
  researcher: ResearcherView;
  points?: number;
  why?: Why[];
}

/** A person to choose: a plain link, or a partial update by the script. */
function One({
  options: { v, situation, chosen },
  before: askedBefore,
  called,
  researcher,
  points,
  why = [],
}: OneOptions) {
  const href = withQuery(proposePath(situation), { to: researcher.id });
  const before = askedBefore.get(researcher.id);
  return (
    <li class="one">
      <a
        id={`to-${researcher.id}`}
        href={href}
        aria-current={chosen?.id === researcher.id ? 'true' : undefined}
        hx-get={href}
        hx-target="#propose"
        hx-swap="outerHTML"
        hx-replace-url="true"
      >
        {researcher.name}
      </a>
      {points !== undefined && <Score score={points} />}
      {before && <span class="badge">{v.t('propose.asked-on', { day: dayText(v, before.askedAt) })}</span>}
      {why.length > 0 && (
        <ul class="why small">
          {why.slice(0, MOST_REASONS).map((w) => (
            <WhyLine key={w.competence} v={v} why={w} called={called} />
          ))}
          {why.length > MOST_REASONS && (
            <li class="muted">{v.t('propose.more-reasons', { n: why.length - MOST_REASONS })}</li>
          )}
        </ul>
      )}
      {researcher.gone.map((competence) => (
        <span key={competence} class="badge changed">
          {v.t('people.gone', { competence })}
        </span>
      ))}
    </li>
  );
}

function Whom({ options }: { options: ProposeOptions }) {
  const {
    v,
    situation: { candidates, others, matched, profile },
    asked,
    chosen,
  } = options;
  const of = {
    options,
    // The newest comes first, and stays.
    before: new Map(asked.toReversed().map((p) => [p.researcher.id, p])),
    called: labelsIn(profile.competences, v.language),
  };
  return (
    <section class="whom" aria-labelledby="whom">
      <h2 id="whom">{v.t('propose.whom')}</h2>
      {candidates.length > 0 ? (
        <ul class="ones">
          {candidates.map((c) => (
            <One key={c.researcher.id} {...of} researcher={c.researcher} points={c.points} why={c.why} />
          ))}
        </ul>
      ) : (
        <p class="muted">{v.t(matched ? 'propose.nobody-suits' : 'propose.no-match')}</p>
      )}
      {others.length > 0 && (
        <details open={others.some((r) => r.id === chosen?.id)}>
          <summary>{v.t('propose.others', { n: others.length })}</summary>
          <ul class="ones">
            {others.map((r) => (
              <One key={r.id} {...of} researcher={r} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** The form to add a person without leaving the call. */
function AddHere({ options: { v, situation, chosen, adding, correcting } }: { options: ProposeOptions }) {
  const { nobody, why, profile } = situation;
  const called = labelsIn(profile.competences, v.language);
  return (
    <details class="card add-here" open={correcting || chosen === null}>
      <summary>{v.t('propose.add-title')}</summary>
      {nobody.length > 0 && (
        <p>
          {v.t('propose.nobody-behind', {
            n: nobody.length,
            competences: nobody.map((w) => called(w.competence)).join(', '),
          })}
        </p>
      )}
      <form method="post" action={`${proposePath(situation)}/person`} class="narrow">
        <PersonFields
          v={v}
          draft={adding}
          competences={why.flatMap((w) => profile.competences.find((c) => c.label === w.competence) ?? [])}
        />
        <button type="submit">{v.t('propose.add')}</button>
      </form>
    </details>
  );
}

/** The candidates and the message to the chosen one: the part that a new choice replaces. */
export function Choosing(options: ProposeOptions) {
  const { v, situation, chosen, message, asked } = options;
  const before = asked.find((p) => chosen !== null && p.researcher.id === chosen.id) ?? null;
  return (
    <div id="propose" class="propose">
      <Whom options={options} />
      {message && (
        <ProposeForm
          v={v}
          path={proposePath(situation)}
          chosen={chosen}
          everybody={everybodyOf(situation)}
          message={message}
          before={before}
        />
      )}
    </div>
  );
}

/** Why nothing can be sent from here; null if it can. */
function hindrance({ v, situation: { status } }: ProposeOptions): string | null {
  if (!may(v.actor, 'proposal.write')) return v.t('propose.reader');
  if (status === 'closed') return v.t('propose.over-closed');
  return status === 'withdrawn' ? v.t('propose.over-withdrawn') : null;
}

/** The page to propose a call: matching researchers, the ready-made message, and who was asked before. */
export function ProposePage(options: ProposeOptions) {
  const { v, situation, asked } = options;
  const hindered = hindrance(options);
  return (
    <>
      <p>
        <a href={proposePath(situation).replace(/\/propose$/, '')}>{v.t('answer.stop-back')}</a>
      </p>
      <h1>{v.t('propose.title')}</h1>
      <CallHead v={v} situation={situation} />
      {hindered ? (
        <p class="notice">{hindered}</p>
      ) : (
        <>
          <Choosing {...options} />
          <SeveralForm
            v={v}
            situation={situation}
            asked={asked}
            path={proposePath(situation)}
            {...options.several}
          />
          <AddHere options={options} />
        </>
      )}
      {asked.length > 0 && (
        <section class="card">
          <h2>{v.t('propose.asked-title')}</h2>
          <AskedList
            v={v}
            profileId={situation.profile.id}
            asked={asked}
            remindFrom={{ profileId: situation.profile.id, back: proposePath(situation) }}
          />
        </section>
      )}
    </>
  );
}
