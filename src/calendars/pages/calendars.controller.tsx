import { Body, Controller, Get, Inject, Injectable, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { type Actor, may } from '../../kernel/actor.js';
import { shortened } from '../../kernel/one-line.js';
import { nameIn } from '../../profiles/domain/names-in.js';
import { type CalendarOwner, Calendars, MOST_CALENDARS } from '../calendars.js';
import { LONGEST_NAME } from '../../access/secret-address.js';
import { CalendarInput, type CalendarView, type MadeCalendar } from '../api/calendar-views.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/tokens.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { namedIn } from '../../kernel/language.js';
import { ConfirmFirst, Dots, Field } from '../../ui/parts.js';
import { dayText, momentText } from '../../ui/dates.js';
import { Conflict } from '../../kernel/errors.js';
import { CurrentActor, InPerson, JustSignedIn, Needs, Oneself } from '../../platform/access/rule.js';
import { readForm } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { type Answer, pageWith, redirectTo } from '../../ui/answer.js';

type CalendarListKind = CalendarOwner['kind'];

/** Links of one kind, and where to create another. */
interface CalendarList {
  kind: CalendarListKind;
  title: string;
  help: string;
  name: string;
  action: string;
  writes: boolean;
  /** `of` is the group's name, if it is one of several. */
  calendars: { calendar: CalendarView; revoke: string; of: string | null }[];
  groups: { id: string; name: string }[];
}

/** The links that a person sees: their own and their institute's, or those of all groups. */
@Injectable()
export class CalendarLists {
  constructor(
    private readonly calendars: Calendars,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async forViewer(v: Viewer): Promise<CalendarList[]> {
    const { personId, profileId, profileName } = v.actor!;
    if (profileId === null) return this.settings.groups.length ? [await this.ofGroups(v)] : [];
    const own =
      personId === null
        ? []
        : [
            await this.list(
              v,
              { kind: 'own', personId },
              {
                title: v.t('calendars.own'),
                name: v.t('calendars.own-name'),
                action: '/account/calendars',
                writes: true,
              },
            ),
          ];
    const name = profileName ?? profileId;
    const options = {
      title: v.t('calendars.institute', { name: nameIn(name, 'of', v.language) }),
      name: shortened(v.t('calendars.institute-name', { name }), LONGEST_NAME),
      action: `/institutes/${profileId}/calendars`,
      writes: may(v.actor, 'calendar.write') && personId !== null,
    };
    return [...own, await this.list(v, { kind: 'institute', profileId }, options)];
  }

  private async list(
    v: Viewer,
    owner: CalendarOwner,
    options: Pick<CalendarList, 'title' | 'name' | 'action' | 'writes'>,
  ): Promise<CalendarList> {
    const { items } = await this.calendars.list(owner, { limit: MOST_CALENDARS });
    return {
      ...options,
      kind: owner.kind,
      help: v.t(`calendars.${owner.kind}-help`),
      groups: [],
      calendars: items.map((calendar) => ({
        calendar,
        revoke: `${options.action}/${calendar.id}/revoke`,
        of: null,
      })),
    };
  }

  private async ofGroups(v: Viewer): Promise<CalendarList> {
    const groups = this.settings.groups.map(({ id, name }) => ({ id, name: namedIn(name, v.language) }));
    const calendars = await Promise.all(
      groups.map(async ({ id, name }) => {
        const { items } = await this.calendars.list(
          { kind: 'group', groupId: id },
          { limit: MOST_CALENDARS },
        );
        return items.map((calendar) => ({
          calendar,
          revoke: `/groups/${id}/calendars/${calendar.id}/revoke`,
          of: name,
        }));
      }),
    );
    return {
      kind: 'group',
      title: v.t('calendars.group'),
      help: v.t('calendars.group-help'),
      name: v.t('calendars.group-name'),
      action: '/groups/calendars',
      writes: may(v.actor, 'network.write') && v.actor!.personId !== null,
      groups,
      calendars: calendars.flat(),
    };
  }
}

/** The values typed into a form, and their errors. */
interface CalendarForm {
  kind: CalendarListKind;
  values: Record<string, string>;
  errors: Record<string, string>;
}

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
                when: calendar.lastReadAt === null ? v.t('text.never') : momentText(v, calendar.lastReadAt),
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
            {v.t('form.revoke')}
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
const CalendarsPage = ({
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
const CalendarMade = ({ v, calendar }: { v: Viewer; calendar: MadeCalendar }) => (
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

const CalendarSent = CalendarInput.extend({ group: z.string().max(63).default('') });
const CALENDARS = '/deadlines/calendars';

const ofInstitute = (profileId: string): CalendarOwner => ({ kind: 'institute', profileId });
const ofOneself = ({ personId }: Actor): CalendarOwner => ({ kind: 'own', personId: personId! });
const ofGroup = (groupId: string): CalendarOwner => ({ kind: 'group', groupId });

/** Deadlines in people's own calendars: links to subscribe to. */
@ApiExcludeController()
@Controller()
export class CalendarPages {
  constructor(
    private readonly calendars: Calendars,
    private readonly lists: CalendarLists,
  ) {}

  @Needs('call.read')
  @Get('deadlines/calendars')
  show(@View() v: Viewer): Promise<string> {
    return this.render(v, null);
  }

  @Needs('calendar.write', 'profile')
  @JustSignedIn()
  @Post('institutes/:profile/calendars')
  makeForInstitute(
    @View() v: Viewer,
    @Param('profile') profile: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    return this.make(v, 'institute', body, () => ofInstitute(profile));
  }

  @Needs('calendar.write', 'profile')
  @InPerson()
  @Post('institutes/:profile/calendars/:calendar/revoke')
  revokeOfInstitute(
    @Param('profile') profile: string,
    @Param('calendar', { schema: z.uuid() }) calendar: string,
  ): Promise<Answer> {
    return this.revoke(ofInstitute(profile), calendar);
  }

  @Oneself()
  @JustSignedIn()
  @Post('account/calendars')
  makeOwn(@View() v: Viewer, @CurrentActor() actor: Actor, @Body() body: unknown): Promise<Answer> {
    return this.make(v, 'own', body, () => ofOneself(actor));
  }

  @Oneself()
  @InPerson()
  @Post('account/calendars/:calendar/revoke')
  revokeOwn(
    @CurrentActor() actor: Actor,
    @Param('calendar', { schema: z.uuid() }) calendar: string,
  ): Promise<Answer> {
    return this.revoke(ofOneself(actor), calendar);
  }

  @Needs('network.write')
  @JustSignedIn()
  @Post('groups/calendars')
  makeForGroup(@View() v: Viewer, @Body() body: unknown): Promise<Answer> {
    return this.make(v, 'group', body, ofGroup);
  }

  @Needs('network.write')
  @InPerson()
  @Post('groups/:group/calendars/:calendar/revoke')
  revokeOfGroup(
    @Param('group') group: string,
    @Param('calendar', { schema: z.uuid() }) calendar: string,
  ): Promise<Answer> {
    return this.revoke(ofGroup(group), calendar);
  }

  private async make(
    v: Viewer,
    kind: CalendarOwner['kind'],
    body: unknown,
    ownerOf: (group: string) => CalendarOwner,
  ): Promise<Answer> {
    const sent = readForm(CalendarSent, body, v.language, (fields) => ({
      name: fields['name'],
      group: fields['group'],
      language: v.language,
    }));
    if (!sent.ok)
      return pageWith(422, await this.render(v, { kind, values: sent.typed, errors: sent.errors }));
    const { group, ...input } = sent.value;
    try {
      const calendar = await this.calendars.make(v.actor!, ownerOf(group), input);
      return pageWith(
        201,
        page(
          v,
          { title: v.t('calendars.made', { name: input.name }), place: 'deadlines', styles: ['deadlines'] },
          CalendarMade({ v, calendar }),
        ),
      );
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      return pageWith(
        422,
        await this.render(v, {
          kind,
          values: { name: input.name, group },
          errors: { name: v.t('calendars.full') },
        }),
      );
    }
  }

  private async revoke(owner: CalendarOwner, calendar: string): Promise<Answer> {
    await this.calendars.revoke(owner, calendar);
    return redirectTo(CALENDARS, 'flash.removed');
  }

  private async render(v: Viewer, form: CalendarForm | null): Promise<string> {
    return page(
      v,
      { title: v.t('calendars.title'), place: 'deadlines', styles: ['deadlines'] },
      CalendarsPage({ v, lists: await this.lists.forViewer(v), form }),
    );
  }
}
