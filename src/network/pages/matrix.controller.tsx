import { z } from 'zod';
import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { bandOf, shownScore } from '../../kernel/band.js';
import { Cockpit, type CockpitNeeds, type FoldedMatrix, type Matrix } from '../cockpit.js';
import type { MatrixRowView } from '../api/matrix-views.js';
import { dayText } from '../../ui/dates.js';
import { Dots, Empty, Field, Fold, Folds, Pager } from '../../ui/parts.js';
import { withQuery } from '../../ui/address.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { CockpitTabs, GroupField } from './cockpit-tabs.js';
import { jointPath } from './interest.controller.js';
import { InstituteOverview } from '../../access/api/institute-overview.js';
import { Alarms } from '../../monitoring/alarms.js';
import { bySector } from '../domain/group.js';
import { Groups } from '../groups.js';
import { Needs } from '../../platform/access/rule.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';

const SHOWS = ['two', 'one', 'wanted', 'shared'] as const;
const SORTS = ['fits', 'deadline'] as const;
const WITHIN = [14, 30, 90, 180] as const;

/** The filters of the page, named as in its query. */
const MATRIX_FIELDS = {
  group: z.string().max(63).optional(),
  q: z.string().trim().min(1).max(200).optional(),
  show: z.enum(SHOWS).default('two'),
  within: z.coerce.number().int().min(1).max(730).optional(),
  sort: z.enum(SORTS).default('fits'),
  cursor: z.string().max(1_000).optional(),
};
type MatrixQuery = z.infer<z.ZodObject<typeof MATRIX_FIELDS>>;

interface Shown {
  v: Viewer;
  query: MatrixQuery;
  groups: { id: string; name: string }[];
  matrix: FoldedMatrix;
  /** The institutes of the matrix by sector; null names those in none. */
  sectors: { name: string | null; institutes: Matrix['institutes'] }[];
  /** `unread`: institutes where nobody gets e-mails; `troubled`: sources that cannot be read as planned. */
  needs: CockpitNeeds & { unread: string[]; troubled: string[] };
}

const MOST_NAMED = 3;

/** What waits for the coordination, each with where to go. */
function NeedsStrip({ v, needs: { leaderless, closing, unread, troubled } }: Shown) {
  const all = [
    { key: 'leaderless', href: '/network/joint', names: leaderless.map(({ call }) => call.title) },
    { key: 'unread', href: '/network/institutes?state=untold', names: unread },
    { key: 'troubled', href: '/sources', names: troubled },
    {
      key: 'closing',
      href: '/network?show=shared&within=14&sort=deadline',
      names: closing.map(({ content }) => content.title),
    },
  ] as const;
  const waiting = all.filter(({ names }) => names.length > 0);
  return (
    <section class="needs no-print" aria-labelledby="needs">
      <h2 id="needs">{v.t('cockpit.needs')}</h2>
      {waiting.length === 0 ? (
        <p class="muted">{v.t('cockpit.needs.none')}</p>
      ) : (
        <ul class="plain-list">
          {waiting.map(({ key, href, names }) => (
            <li key={key}>
              <a href={href}>{v.t(`cockpit.needs.${key}`, { n: names.length })}</a>
              <span class="small muted">
                {names.slice(0, MOST_NAMED).join(' · ')}
                {names.length > MOST_NAMED && ' …'}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** The address with these filters, without default values. */
const addressOf = ({ group, q, show, within, sort }: MatrixQuery, cursor: string | null): string =>
  withQuery('/network', {
    ...{ group: group ?? null, q: q ?? null, within: within === undefined ? null : String(within) },
    ...{ show: show === 'two' ? null : show, sort: sort === 'fits' ? null : sort, cursor },
  });

function Filters({ v, query, groups }: Shown) {
  const count = [query.group, query.q, query.within].filter((x) => x !== undefined).length;
  return (
    <Fold v={v} label={v.t('inbox.tools')} count={count}>
      <form method="get" action="/network" class="filters" role="search">
        <GroupField v={v} groups={groups} chosen={query.group} />
        <Field id="q" label={v.t('cockpit.words')}>
          <input id="q" name="q" type="search" maxLength={200} value={query.q ?? ''} />
        </Field>
        <Field id="show" label={v.t('cockpit.show')}>
          <select id="show" name="show">
            {SHOWS.map((show) => (
              <option key={show} value={show} selected={query.show === show}>
                {v.t(`cockpit.show.${show}`)}
              </option>
            ))}
          </select>
        </Field>
        <Field id="within" label={v.t('cockpit.within')}>
          <select id="within" name="within">
            <option value="">{v.t('cockpit.within.any')}</option>
            {WITHIN.map((n) => (
              <option key={n} value={n} selected={query.within === n}>
                {v.t('cockpit.within.days', { n })}
              </option>
            ))}
          </select>
        </Field>
        <Field id="sort" label={v.t('cockpit.sort')}>
          <select id="sort" name="sort">
            {SORTS.map((sort) => (
              <option key={sort} value={sort} selected={query.sort === sort}>
                {v.t(`cockpit.sort.${sort}`)}
              </option>
            ))}
          </select>
        </Field>
        <div class="row ends">
          <button type="submit" class="primary">
            {v.t('calls.go')}
          </button>
          {addressOf(query, null) !== '/network' && <a href="/network">{v.t('form.clear-filters')}</a>}
        </div>
      </form>
    </Fold>
  );
}

/** Symbols; the title has the word for screen readers. */
const SIGNS = { wants: '◆', 'would-lead': '▲', leads: '★' } as const;

function Cell({ v, row, id }: { v: Viewer; row: MatrixRowView; id: string }) {
  const score = row.fits[id];
  const sign =
    row.joint?.lead === id
      ? 'leads'
      : row.wouldLead.includes(id)
        ? 'would-lead'
        : row.wants.includes(id)
          ? 'wants'
          : null;
  if (score === undefined && sign === null) return <td />;
  return (
    <td
      class={[score !== undefined && `heat-${bandOf(score)}`, sign !== null && 'w'].filter(Boolean).join(' ')}
    >
      {score !== undefined && shownScore(score)}
      {sign !== null && <b title={v.t(`cockpit.${sign}`)}>{SIGNS[sign]}</b>}
    </td>
  );
}

/** Names in vertical column heads, without their common prefix. */
const shortName = (name: string): string => name.replace(/^(?:Institut )?Carnot /, '');

/** `below`: the calls folded below it; null if it is one. */
const CallRow = ({
  v,
  row,
  institutes,
  below,
}: {
  v: Viewer;
  row: MatrixRowView;
  institutes: Matrix['institutes'];
  below: MatrixRowView[] | null;
}) => (
  <tr class={below === null ? 'folded' : undefined}>
    <th scope="row">
      <a href={`/calls/${row.call.id}`} lang={row.call.language} title={row.call.title}>
        {row.call.title}
      </a>
      <span class="under">
        {below === null && row.call.identifier !== null && <code>{row.call.identifier}</code>}{' '}
        {row.call.nextDeadline !== null && dayText(v, row.call.nextDeadline)}{' '}
        {row.joint && <a href={jointPath(null, row.joint.id)}>{v.t('joint.title')}</a>}
      </span>
      {below && <Folds v={v} below={below.map(({ call }) => call)} />}
    </th>
    {institutes.map(({ id }) => (
      <Cell key={id} v={v} row={row} id={id} />
    ))}
  </tr>
);

function Table({ v, matrix: { items, below }, sectors }: Shown) {
  const institutes = sectors.flatMap((sector) => sector.institutes);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={v.t('cockpit.table')}>
      <table class="matrix">
        <thead>
          {sectors.length > 1 && (
            <tr class="sectors">
              <td />
              {sectors.map(({ name, institutes: { length } }) => (
                <th key={name} scope="colgroup" colSpan={length} title={name ?? undefined}>
                  {name ?? v.t('cockpit.no-sector')}
                </th>
              ))}
            </tr>
          )}
          <tr>
            <th scope="col">{v.t('cockpit.call')}</th>
            {institutes.map(({ id, name }) => (
              <th key={id} scope="col">
                <a href={`/institutes/${id}/inbox`}>{shortName(name)}</a>
              </th>
            ))}
          </tr>
        </thead>
        {items.map((row) => {
          const folds = below.get(row.call.id) ?? [];
          return (
            <tbody key={row.call.id} class="with-folds">
              <CallRow v={v} row={row} institutes={institutes} below={folds} />
              {folds.map((one) => (
                <CallRow key={one.call.id} v={v} row={one} institutes={institutes} below={null} />
              ))}
            </tbody>
          );
        })}
      </table>
    </div>
  );
}

/** The matrix of calls and institutes: fits, interests and leads. */
function MatrixPage(shown: Shown) {
  const { v, query, matrix } = shown;
  return (
    <>
      <CockpitTabs v={v} path="/network" />
      <h1>{v.t('cockpit.title')}</h1>
      <NeedsStrip {...shown} />
      <Filters {...shown} />
      <p class="muted small" role="status">
        <Dots
          parts={[
            v.t('list.total', { n: matrix.total }),
            matrix.folded > 0 && v.t('list.folded', { n: matrix.folded }),
            v.t('cockpit.legend'),
          ]}
        />
      </p>
      {matrix.items.length > 0 ? (
        <Table {...shown} />
      ) : (
        <Empty title={v.t('cockpit.none')}>
          {addressOf(query, null) !== '/network' && (
            <p>
              <a href="/network">{v.t('form.clear-filters')}</a>
            </p>
          )}
        </Empty>
      )}
      <Pager
        v={v}
        next={matrix.next}
        first={query.cursor === undefined}
        href={(cursor) => addressOf(query, cursor)}
      />
    </>
  );
}

/** Calls per page: with fifty institutes, the page stays light. */
const ROWS = 25;

/** The matrix of calls and institutes, for the coordination. */
@ApiExcludeController()
@Controller('network')
export class MatrixPages {
  constructor(
    private readonly cockpit: Cockpit,
    private readonly groups: Groups,
    private readonly institutes: InstituteOverview,
    private readonly alarms: Alarms,
  ) {}

  @Needs('network.read')
  @Get()
  async show(@View() v: Viewer, @PageQuery(MATRIX_FIELDS) asked: MatrixQuery): Promise<string> {
    const groups = this.groups.named(v.language);
    // An unknown group is ignored, as in an old bookmark.
    const query = { ...asked, group: groups.find((g) => g.id === asked.group)?.id };
    const [matrix, needs, unread, troubled] = await Promise.all([
      this.cockpit.foldedMatrix({ ...query, limit: ROWS }),
      this.cockpit.needs(),
      this.institutes.withoutRecipients(),
      this.alarms.troubledSources(v.language),
    ]);
    const sectors = bySector(matrix.institutes, this.groups.all, v.language);
    return page(
      v,
      { title: v.t('cockpit.title'), place: 'cockpit', styles: ['calls', 'network'], wide: true },
      MatrixPage({ v, query, groups, matrix, sectors, needs: { ...needs, unread, troubled } }),
    );
  }
}
