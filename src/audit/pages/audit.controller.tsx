import { Controller, Get, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { COUNTRIES, countryName } from '../../calls/domain/countries.js';
import { languageTitleTo, type Message } from '../../i18n/message.js';
import { isMessageKey, sayIn, storedText } from '../../i18n/translate.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { auditView, type AuditView } from '../api/audit-view.js';
import { CHANNEL_NAMES } from '../../platform/tokens.js';
import { InCursor, type Page, page as pageOfRows, PAGING, placeOf } from '../../platform/api/paging.js';
import { momentText } from '../../ui/dates.js';
import { Empty } from '../../ui/parts.js';
import type { Action } from '../domain/actions.js';
import { Institutes } from '../../access/institutes.js';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { Audit } from '../audit.js';

/** A few bytes are enough to tell ids apart. */
const SHORT = 8;
/** What other columns already show: the institute and the session. */
const SAID = /^(profile|session)\//;
/** The path of an exported list. */
const LIST = /\/(matches|inbox|proposals|opportunities|pipeline|calls|changes|profile)\.(\w+)$/;
/** What the API calls otherwise than the page. */
const SAME_LIST: Record<string, string> = { inbox: 'matches', opportunities: 'pipeline' };

const UUID = /^[0-9a-f-]{36}$/;
const short = (id: string): string => (UUID.test(id) ? id.slice(0, SHORT) : id);
/** Returns the words for a value of a closed list. */
const word = (v: Viewer, group: string, value: string): string =>
  storedText(v.language, `audit.${group}.${value}`, v.t('text.other'));
/** Returns the words for a setting; a preference is called as on the page where it is chosen. */
function setting(v: Viewer, name: string): string {
  const own = `audit.field.${name}`;
  // Not both: texts of that page about the same word, as a pause, may need more than the name.
  return storedText(v.language, isMessageKey(own) ? own : `preferences.${name}`, v.t('text.other'));
}
const role = (v: Viewer, name: string): string =>
  storedText(v.language, `team.role.${name}`, v.t('text.other'));
const labelled = (v: Viewer, label: string, value: string): string => v.t('text.labelled', { label, value });

/** "key/1f0c…": the kind of thing, and enough of its id to distinguish it. */
function thing(v: Viewer, id: string): string {
  const [kind = '', ...rest] = id.split('/');
  const key = `audit.thing.${kind}`;
  return v.t(isMessageKey(key) ? key : 'audit.thing.*', { id: short(rest.join('/')) });
}

function subjectWords(v: Viewer, { subject }: AuditView): string[] {
  if (subject === null || SAID.test(subject.id)) return [];
  if (subject.name !== null) return [subject.name];
  if (!subject.id.startsWith('path/')) return [thing(v, subject.id)];
  const [, list, format] = LIST.exec(subject.id) ?? [];
  if (list === undefined || format === undefined)
    return [labelled(v, v.t('audit.path'), subject.id.slice('path'.length))];
  const called = word(v, 'list', SAME_LIST[list] ?? list);
  return [v.t('audit.list', { list: called, format: format.toUpperCase() })];
}

/** Returns the words for a setting's value, by the setting's name. */
function oneValue(v: Viewer, field: string, value: unknown): string {
  if (typeof value === 'boolean') return v.t(value ? 'text.yes' : 'text.no');
  if (typeof value === 'object' && value !== null) {
    const { min, max } = value as { min?: number; max?: number };
    return `${min ?? ''}–${max ?? ''}`;
  }
  const said = String(value);
  if (field === 'language') return languageTitleTo(v.language, said);
  if (field === 'countries' && COUNTRIES.includes(said)) return countryName(said, v.language);
  const group = CLOSED[field];
  return group ? storedText(v.language, `${group}.${said}`, v.t('text.other')) : said;
}

/** Settings with a closed list of values, and the words of the page where they are chosen. */
const CLOSED: Record<string, string> = {
  frequency: 'preferences.frequency',
  from: 'preferences.from',
  weekday: 'preferences.day',
  roles: 'profile.role',
  answersAs: 'profile.addressee',
  typesOfAction: 'profile.action',
};

/** Empty notification settings use the defaults; a profile has no defaults. */
type Blank = 'audit.unset' | 'audit.no-value';

function valueWords(v: Viewer, field: string, value: unknown, blank: Blank): string {
  const all = [value ?? []].flat();
  return all.length === 0 ? v.t(blank) : all.map((one) => oneValue(v, field, one)).join(', ');
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** "How often: every week → every day", and the names of fields known only to have changed. */
function changeWords(v: Viewer, { action, detail }: AuditView): string[] {
  const blank = action === 'profile.changed' ? 'audit.no-value' : 'audit.unset';
  const changes = Object.entries((detail['changes'] ?? {}) as Record<string, [unknown, unknown]>);
  const known = changes.map(([field, [from, to]]) => ({
    field,
    from: valueWords(v, field, from, blank),
    to: valueWords(v, field, to, blank),
  }));
  // Fields shown with their values are not named a second time.
  const told = new Set([...known.map(({ field }) => field), ...(known.length > 0 ? ['preferences'] : [])]);
  const fields = Array.isArray(detail['fields']) ? detail['fields'].map(String) : [];
  const untold = fields.filter((name) => !told.has(name));
  return [
    ...known
      // Unset and an empty list look the same to people.
      .filter(({ from, to }) => from !== to)
      .map(({ field, from, to }) => v.t('audit.changed', { field: setting(v, field), from, to })),
    ...(untold.length ? [untold.map((name) => setting(v, name)).join(', ')] : []),
  ];
}

type Channels = ReadonlyMap<string, Message>;

/** The name of each detail, and the word group of its values. */
const DETAILS = [
  ['role', 'role'],
  ['scope', 'scope'],
  ['of', 'of'],
  ['by', 'by-way'],
  ['why', 'why'],
] as const;

function detailWords(v: Viewer, entry: AuditView, channels: Channels): string[] {
  const { action, detail } = entry;
  const [from, to, passkey, channel] = ['from', 'to', 'passkey', 'channel'].map((name) => text(detail[name]));
  const channelName = channel && channels.get(channel);
  const counted =
    action === 'retention.done' || action === 'personal-data.erased'
      ? Object.entries(detail).map(([kind, n]) => labelled(v, word(v, 'kept', kind), String(n)))
      : [];
  return [
    ...(from && to ? [`${role(v, from)} → ${role(v, to)}`] : []),
    ...DETAILS.flatMap(([name, group]) => {
      const said = text(detail[name]);
      return said ? [name === 'role' ? role(v, said) : word(v, group, said)] : [];
    }),
    ...(channel ? [channelName ? sayIn(v.language, channelName) : v.t('text.other')] : []),
    ...(passkey ? [thing(v, `passkey/${passkey}`)] : []),
    ...counted,
    ...changeWords(v, entry),
  ];
}

/**
 * Returns what was done to what, one line each.
 */
const entryWords = (v: Viewer, entry: AuditView, channels: Channels): string[] => [
  ...subjectWords(v, entry),
  ...detailWords(v, entry, channels),
];

/** Returns who did it. */
function actorWords(v: Viewer, { actor }: AuditView, institute: (id: string) => string): string {
  const { kind, name, pseudonym } = actor;
  if (kind === 'operator' || kind === 'system' || kind === 'nobody') return v.t(`audit.by.${kind}`);
  const named = name ?? v.t('audit.erased', { pseudonym: short(pseudonym ?? '') });
  return actor.institute === null ? named : `${named} (${institute(actor.institute)})`;
}

/** Newest first. */
function AuditPage({
  v,
  found,
  names,
  channels,
}: {
  v: Viewer;
  found: Page<AuditView>;
  names: ReadonlyMap<string, string>;
  channels: Channels;
}) {
  const institute = (id: string): string => names.get(id) ?? id;
  return (
    <>
      <h1>{v.t('audit.title')}</h1>
      <p class="muted">{v.t(v.actor?.profileId ? 'audit.says.institute' : 'audit.says.network')}</p>
      {found.items.length === 0 ? (
        <Empty title={v.t('audit.none')} />
      ) : (
        <div class="scroll" role="region" tabIndex={0} aria-label={v.t('audit.title')}>
          <table class="small stacked">
            <thead>
              <tr>
                {(['when', 'action', 'subject', 'institute', 'who', 'from', 'via'] as const).map((column) => (
                  <th key={column} scope="col">
                    {v.t(`audit.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.items.map((entry) => (
                <tr key={entry.position}>
                  <td>{momentText(v, entry.at)}</td>
                  <td>{v.t(`audit.action.${entry.action as Action}`)}</td>
                  <td>
                    {entryWords(v, entry, channels).map((line) => (
                      <div key={line}>{line}</div>
                    ))}
                  </td>
                  <td data-label={v.t('audit.institute')}>
                    {entry.institute === null ? '–' : institute(entry.institute)}
                  </td>
                  <td data-label={v.t('audit.who')}>{actorWords(v, entry, institute)}</td>
                  <td data-label={v.t('audit.from')}>{entry.from ?? '–'}</td>
                  <td data-label={v.t('audit.via')}>{entry.via === null ? '–' : thing(v, entry.via)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {found.next && (
        <p>
          <a href={`/audit?cursor=${encodeURIComponent(found.next)}`}>{v.t('audit.older')}</a>
        </p>
      )}
    </>
  );
}

const PAGE_SIZE = 50;

@ApiExcludeController()
@Needs('audit.review')
@Controller('audit')
export class AuditPages {
  constructor(
    private readonly audit: Audit,
    private readonly institutes: Institutes,
    @Inject(CHANNEL_NAMES) private readonly channels: ReadonlyMap<string, Message>,
  ) {}

  @Get()
  async list(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @PageQuery({ cursor: PAGING.cursor }) { cursor }: { cursor?: string },
  ): Promise<string> {
    const { rows, total } = await this.audit.list(actor, {
      before: placeOf(cursor, InCursor.sequence),
      limit: PAGE_SIZE,
    });
    const found = pageOfRows(rows, PAGE_SIZE, total, auditView, (row) => Number(row.position));
    return page(
      v,
      { title: v.t('audit.title'), wide: true },
      AuditPage({ v, found, names: await this.institutes.names(), channels: this.channels }),
    );
  }
}
