import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { sayProblem } from '../../i18n/sentences.js';
import { type Actor, may } from '../../kernel/actor.js';
import { Conflict, Invalid } from '../../kernel/errors.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { ahead, InCursor, page as pageOfList, placeOf } from '../../platform/api/paging.js';
import { withQuery } from '../../ui/address.js';
import { dayText } from '../../ui/dates.js';
import { PageQuery, severalIn, textIn } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { Dots, Field, Pager } from '../../ui/parts.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { ListName, sameList } from '../domain/newsletter.js';
import { type BadLine, MOST_READERS, pastedReaders, ReadersInput } from '../domain/reader.js';
import {
  type Added,
  type Known,
  type NewsletterReader,
  NewsletterReaders,
  type ReaderList,
} from '../newsletter-readers.js';
import { type Newsletter, Newsletters } from '../newsletters.js';
import { type Answer, pageWith, redirectTo } from '../../ui/answer.js';

/** More are added by pasting their addresses, or all at once. */
const MOST_SHOWN = 200;
const AT_ONCE = 100;
const MOST_LETTERS = 200_000;
const Place = z.object({ address: InCursor.text, id: InCursor.id });
const QUERY = {
  list: ListName.optional(),
  cursor: z.string().max(1_000).optional(),
};

/** What was typed and could not be taken, or what became of it. */
interface Outcome {
  lines: string;
  /** Ids of the people who were ticked, and the names of the groups that were ticked as a whole. */
  ticked: ReadonlySet<unknown>;
  bad: BadLine[];
  error?: string | undefined;
  added?: Added | undefined;
}
const NOTHING: Outcome = { lines: '', ticked: new Set(), bad: [] };

interface Shown {
  v: Viewer;
  profile: string;
  /** Of all lists if left out. */
  list: string | undefined;
  readers: NewsletterReader[];
  /** How many read it: not those who have left, or whose address no longer exists. */
  reading: number;
  next: string | null;
  first: boolean;
  /** Newsletters to this list that were not sent yet. */
  unsent: Newsletter[];
  known: { researchers: Known[]; contacts: Known[] };
  outcome: Outcome;
  writes: boolean;
}

const EXAMPLE = { address: 'marie.martin@example.org', person: 'Marie Martin <marie.martin@example.org>' };

const pathOf = (profile: string): string => `/institutes/${profile}/newsletters/readers`;

function Reader({
  v,
  profile,
  list,
  reader,
  writes,
}: Pick<Shown, 'v' | 'profile' | 'list' | 'writes'> & { reader: NewsletterReader }) {
  const { id, name, address, origin, addedBy, addedAt, leftAt, stoppedAt } = reader;
  return (
    <li class="reader">
      <p>
        {name && <strong>{name} </strong>}
        {address}{' '}
        {leftAt && (
          <span class="badge">{v.t('readers.left', { day: dayText(v, leftAt.toISOString()) })}</span>
        )}
        {stoppedAt && !leftAt && <span class="badge changed">{v.t('readers.stopped')}</span>}
      </p>
      <p class="muted small">
        <Dots
          parts={[
            list === undefined && reader.list,
            v.t(`readers.origin.${origin}`),
            v.t('readers.added-by', { who: addedBy, day: dayText(v, addedAt.toISOString()) }),
          ]}
        />
      </p>
      {writes && !leftAt && (
        <form method="post" action={`${pathOf(profile)}/${id}/remove`}>
          <button type="submit">
            {v.t('form.remove')}
            <span class="hidden-visually"> {address}</span>
          </button>
        </form>
      )}
    </li>
  );
}

function Choices({
  v,
  name,
  people,
  outcome: { ticked },
}: Pick<Shown, 'v' | 'outcome'> & { name: 'researchers' | 'contacts'; people: Known[] }) {
  if (people.length === 0) return null;
  return (
    <fieldset>
      <legend>{v.t(`readers.${name}`)}</legend>
      <label class="choice">
        <input type="checkbox" name="all" value={name} checked={ticked.has(name)} />
        <strong>{v.t('readers.all', { n: people.length })}</strong>
      </label>
      {people.slice(0, MOST_SHOWN).map((person) => (
        <label key={person.id} class="choice">
          <input type="checkbox" name={name} value={person.id} checked={ticked.has(person.id)} />
          <span>
            {person.name} <span class="muted small">{person.address}</span>
          </span>
        </label>
      ))}
      {people.length > MOST_SHOWN && <p class="muted small">{v.t('readers.first', { n: MOST_SHOWN })}</p>}
    </fieldset>
  );
}

function OutcomeNotice({ v, outcome: { added, bad, error } }: Pick<Shown, 'v' | 'outcome'>) {
  return (
    <>
      {(error !== undefined || bad.length > 0) && (
        <div class="notice bad" role="alert">
          <p>{error ?? v.t('readers.nobody-added')}</p>
          {bad.length > 0 && (
            <ul>
              {bad.slice(0, MOST_SHOWN).map(({ line, text }) => (
                <li key={line}>{v.t('readers.bad-line', { line, text })}</li>
              ))}
            </ul>
          )}
        </div>
      )}
      {added && (
        <div class="notice" role="status">
          <p>{v.t('readers.added', { added: added.added, already: added.already })}</p>
          {added.refused.length > 0 && (
            <ul>
              {added.refused.map(({ address, why }) => (
                <li key={address}>{v.t(`readers.refused.${why}`, { address })}</li>
              ))}
            </ul>
          )}
        </div>
      )}
    </>
  );
}

function AddForm({ v, profile, list, known, outcome }: Shown & { list: string }) {
  return (
    <form method="post" action={pathOf(profile)} class="card">
      <h2>{v.t('readers.add')}</h2>
      <input type="hidden" name="list" value={list} />
      <Choices v={v} name="researchers" people={known.researchers} outcome={outcome} />
      <Choices v={v} name="contacts" people={known.contacts} outcome={outcome} />
      <Field id="lines" label={v.t('readers.lines')} help={v.t('readers.lines-help', EXAMPLE)}>
        <textarea id="lines" name="lines" rows={6} maxLength={MOST_LETTERS} aria-describedby="lines-help">
          {outcome.lines}
        </textarea>
      </Field>
      <button type="submit" class="primary">
        {v.t('form.add')}
      </button>
    </form>
  );
}

function ReadersPage(shown: Shown) {
  const { v, profile, list, unsent, readers, reading, next, first, writes } = shown;
  return (
    <>
      <p>
        <a href={`/institutes/${profile}/newsletters`}>{v.t('newsletters.back')}</a>
      </p>
      <h1>{list === undefined ? v.t('readers.of-all') : v.t('readers.title', { list })}</h1>
      <p>{v.t('readers.says')}</p>
      {unsent.length > 0 && (
        <p>
          {v.t('readers.unsent')}{' '}
          {unsent.map(({ id, title }, i) => (
            <span key={id}>
              {i > 0 && ', '}
              <a href={`/institutes/${profile}/newsletters/${id}`}>{title}</a>
            </span>
          ))}
        </p>
      )}
      <OutcomeNotice {...shown} />
      {readers.length === 0 ? (
        <p class="muted">{v.t('readers.none')}</p>
      ) : (
        <>
          <p class="muted small">{v.t('readers.count', { n: reading })}</p>
          <ul class="card newsletters">
            {readers.map((reader) => (
              <Reader key={reader.id} {...{ v, profile, list, reader, writes }} />
            ))}
          </ul>
          <Pager
            v={v}
            next={next}
            first={first}
            href={(cursor) => withQuery(pathOf(profile), { list, cursor })}
          />
        </>
      )}
      {writes && list !== undefined && <AddForm {...shown} list={list} />}
    </>
  );
}

/** The lists of an institute, each with how many read it. */
export const Lists = ({ v, profile, lists }: { v: Viewer; profile: string; lists: ReaderList[] }) =>
  lists.length === 0 ? null : (
    <section class="card" aria-labelledby="lists">
      <h2 id="lists">{v.t('readers.lists')}</h2>
      <ul>
        {lists.map(({ list, readers }) => (
          <li key={list}>
            <a href={withQuery(pathOf(profile), { list })}>{list}</a>{' '}
            <span class="muted small">{v.t('readers.count', { n: readers })}</span>
          </li>
        ))}
      </ul>
    </section>
  );

@ApiExcludeController()
@Controller('institutes/:profile/newsletters/readers')
export class ReadersPages {
  constructor(
    private readonly readers: NewsletterReaders,
    private readonly newsletters: Newsletters,
  ) {}

  @Needs('proposal.read', 'profile')
  @Get()
  async show(
    @View() v: Viewer,
    @Param('profile') profile: string,
    @PageQuery(QUERY) { list, cursor }: { list?: string; cursor?: string },
  ): Promise<string> {
    return this.page(v, profile, list, NOTHING, cursor);
  }

  @Needs('proposal.write', 'profile')
  @Post()
  async add(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const fields = (body ?? {}) as Record<string, unknown>;
    const list = QUERY.list.safeParse(fields['list']).data;
    if (list === undefined) return redirectTo(pathOf(profile));
    const lines = textIn(fields['lines']).slice(0, MOST_LETTERS);
    const pasted = pastedReaders(lines);
    const ticked = new Set(['all', 'researchers', 'contacts'].flatMap((name) => severalIn(fields[name])));
    const again = async (status: number, outcome: Partial<Outcome>): Promise<Answer> =>
      pageWith(status, await this.page(v, profile, list, { ...NOTHING, lines, ticked, ...outcome }));
    const tooMany = v.t('problem.most-newsletter-readers', { most: MOST_READERS });
    if (!pasted) return again(422, { error: tooMany });
    const { readers, bad } = pasted;
    if (bad.length > 0) return again(422, { bad });
    const known = await this.readers.known(profile);
    const all = severalIn(fields['all']);
    const chosen = (name: 'researchers' | 'contacts'): unknown[] =>
      all.includes(name) ? known[name].map(({ id }) => id) : severalIn(fields[name]);
    const input = ReadersInput.safeParse({
      ...{ list, readers, researchers: chosen('researchers'), contacts: chosen('contacts') },
    });
    if (!input.success) return again(422, { error: tooMany });
    if (readers.length + input.data.researchers.length + input.data.contacts.length === 0)
      return again(422, { error: v.t('readers.nobody-chosen') });
    try {
      const added = await this.readers.add(actor, profile, input.data);
      return await again(200, { ...NOTHING, added });
    } catch (error) {
      if (error instanceof Invalid) return again(422, { error: v.t('readers.nobody-added') });
      if (!(error instanceof Conflict)) throw error;
      return again(409, { error: sayProblem(v.language, error) });
    }
  }

  @Needs('proposal.write', 'profile')
  @Post(':reader/remove')
  async remove(
    @Param('profile') profile: string,
    @Param('reader', { schema: z.uuid() }) reader: string,
  ): Promise<Answer> {
    const list = await this.readers.remove(profile, reader);
    return redirectTo(withQuery(pathOf(profile), { list }), 'flash.removed');
  }

  private async page(
    v: Viewer,
    profile: string,
    list: string | undefined,
    outcome: Outcome,
    cursor?: string,
  ): Promise<string> {
    const writes = may(v.actor, 'proposal.write');
    const after = placeOf(cursor, Place);
    const { readers, total } = await this.readers.list({ profileId: profile, list }, ahead(AT_ONCE), after);
    const { items, next } = pageOfList(
      readers,
      AT_ONCE,
      total,
      (r) => r,
      ({ address, id }) => ({ address, id }),
    );
    const reading = (await this.readers.lists(profile))
      .filter((one) => list === undefined || sameList(one.list, list))
      .reduce((sum, one) => sum + one.readers, 0);
    const known =
      writes && list !== undefined
        ? await this.readers.notOnList(profile, list)
        : { researchers: [], contacts: [] };
    return page(
      v,
      {
        title: list === undefined ? v.t('readers.of-all') : v.t('readers.title', { list }),
        place: 'newsletters',
        styles: ['newsletters', 'outbox'],
      },
      ReadersPage({
        ...{ v, profile, list, readers: items, reading, next, first: cursor === undefined },
        ...{ known, outcome, writes },
        unsent: (await this.newsletters.list(profile)).filter(
          (newsletter) =>
            list !== undefined && newsletter.issuedAt === null && sameList(newsletter.list, list),
        ),
      }),
    );
  }
}
