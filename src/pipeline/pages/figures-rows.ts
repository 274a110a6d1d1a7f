import { programmeName } from '../../calls/domain/names-in.js';
import type { Table } from '../../kernel/table.js';
import type { YearOfContributions } from '../../funded-projects/domain/contributions.js';
import { ROLES, type Role } from '../domain/opportunity.js';
import type { Rate } from '../../kernel/rate.js';
import type { Figures, NamedRate } from '../domain/figures.js';
import { namedIn } from '../../kernel/language.js';
import { flagsIn } from '../../spreadsheets/domain/table.js';
import type { Viewer } from '../../ui/viewer.js';

/** Everything that the page and its file show. */
export interface Counted {
  figures: Figures;
  years: YearOfContributions[];
  network: boolean;
  sectors: readonly { id: string; name: { en: string; fr: string } }[];
}

/** Rates of one kind, each with its label. */
export interface RateGroup {
  title: string;
  rates: ({ label: string } & Rate)[];
}

const ACTIVITY = ['told', 'read', 'decided', 'relevant', 'asked', 'answered'] as const;

export const activityRows = (v: Viewer, { activity }: Figures): { label: string; value: number | null }[] => [
  ...ACTIVITY.map((name) => ({ label: v.t(`figures.${name}`), value: activity[name] })),
  {
    label: v.t('figures.days'),
    value: activity.medianDays === null ? null : Math.round(activity.medianDays * 10) / 10,
  },
];

const isRole = (name: string): name is Role => ROLES.some((role) => role === name);

export function rateGroups(v: Viewer, { figures, sectors, network }: Counted): RateGroup[] {
  const named = (rates: NamedRate[], nameOf: (name: string) => string) =>
    rates.map(({ name, ...rate }) => ({
      label: name === null ? v.t('figures.other') : nameOf(name),
      ...rate,
    }));
  return [
    {
      title: v.t('figures.rate'),
      rates: [
        { label: v.t('figures.go'), ...figures.go },
        { label: v.t('figures.success'), ...figures.success },
        ...(figures.recall ? [{ label: v.t('figures.recall'), ...figures.recall }] : []),
      ],
    },
    {
      title: v.t('figures.by-programme'),
      rates: named(figures.byProgramme, (name) => programmeName(name, v.language)),
    },
    { title: v.t('figures.by-type'), rates: named(figures.byTypeOfAction, (name) => name) },
    {
      title: v.t('figures.by-role'),
      rates: named(figures.byRole, (name) => (isRole(name) ? v.t(`pipeline.role.${name}`) : name)),
    },
    ...(network
      ? [
          {
            title: v.t('figures.by-sector'),
            rates: named(figures.bySector, (id) => {
              const sector = sectors.find((s) => s.id === id);
              return sector ? namedIn(sector.name, v.language) : id;
            }),
          },
        ]
      : []),
  ];
}

export const moneyRows = (
  v: Viewer,
  { submitted, won }: Figures,
): ({ label: string } & Figures['won'][number])[] => [
  ...submitted.map((m) => ({ label: v.t('figures.submitted'), ...m })),
  ...won.map((m) => ({ label: v.t('figures.won'), ...m })),
];

const percent = (share: number | null): number | null =>
  share === null ? null : Math.round(share * 1000) / 10;

/** All figures as one sheet: label, value and what it is based on. */
export function figuresTable(v: Viewer, counted: Counted): Table {
  const { figures, years } = counted;
  const head = (header: string, kind: 'text' | 'number', width: number) => ({ header, kind, width });
  return {
    name: v.t('figures.title'),
    language: v.language,
    flags: flagsIn(v.language),
    columns: [
      head(v.t('figures.what'), 'text', 30),
      head(v.t('figures.value'), 'number', 16),
      head(`${v.t('figures.rate')} (%)`, 'number', 12),
      head(v.t('figures.of'), 'number', 12),
      head(`${v.t('figures.spread')} (%)`, 'number', 12),
      head('(%)', 'number', 12),
      head(v.t('pipeline.facts.currency'), 'text', 10),
    ],
    rows: [
      ...activityRows(v, figures).map(({ label, value }) => [label, value, null, null, null, null, null]),
      ...rateGroups(v, counted).flatMap(({ title, rates }) =>
        rates.map(({ label, hits, of, rate, low, high }) => [
          `${title} – ${label}`,
          hits,
          percent(rate),
          of,
          percent(low),
          percent(high),
          null,
        ]),
      ),
      ...moneyRows(v, figures).flatMap(({ label, currency, requested, share, bids }) =>
        [
          { what: v.t('figures.requested'), sum: requested },
          { what: v.t('figures.share'), sum: share },
        ].map(({ what, sum: { amount, unknown } }) => [
          ...[`${label} – ${what}`, amount, null, bids - unknown, null, null, currency],
        ]),
      ),
      ...years.flatMap(({ year, projects, coordinated, joined, total, left }) => {
        const named = (what: string): string =>
          `${v.t('figures.contributions')} – ${year ?? v.t('figures.no-year')} – ${what}`;
        const line = (what: string, amount: number | null, of: number) => [
          ...[named(what), amount, null, of, null, null, 'EUR'],
        ];
        return [
          line(v.t('figures.total'), total.amount, projects),
          line(v.t('figures.coordinated'), coordinated.amount, projects),
          line(v.t('figures.joined'), joined.amount, projects),
          line(v.t('figures.left'), left.net.amount, left.projects),
        ];
      }),
    ],
  };
}
