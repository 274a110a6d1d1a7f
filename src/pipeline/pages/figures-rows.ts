import { programmeName } from '../../calls/domain/names-in.js';
import type { Table } from '../../kernel/table.js';
import type { YearOfContributions } from '../../funded-projects/domain/contributions.js';
import { ROLES, type Role } from '../domain/opportunity.js';
import type { Rate } from '../../kernel/statistics.js';
import type { Figures, FiguresOfPeriod, Money, NamedRate, Outcome } from '../domain/figures.js';
import { namedIn } from '../../kernel/language.js';
import { flagsIn } from '../../spreadsheets/domain/table.js';
import type { Viewer } from '../../ui/viewer.js';

/** Everything that the page and its file show. */
export interface Counted {
  figures: FiguresOfPeriod;
  years: YearOfContributions[];
  network: boolean;
  sectors: readonly { id: string; name: { en: string; fr: string } }[];
}

/** Rates of one kind, each with its label. */
export interface RateGroup {
  title: string;
  rates: ({ label: string } & Rate)[];
}

/** Outcomes of one kind, each with its label. */
export interface OutcomeGroup {
  title: string;
  /** What its rows are. */
  head: string;
  outcomes: ({ label: string } & Outcome)[];
}

const ACTIVITY = ['told', 'read', 'decided', 'relevant', 'asked', 'answered'] as const;

export const activityRows = (
  v: Viewer,
  { activity, drafts }: FiguresOfPeriod,
): { label: string; value: number | null }[] => [
  ...ACTIVITY.map((name) => ({ label: v.t(`figures.${name}`), value: activity[name] })),
  {
    label: v.t('figures.days'),
    value: activity.medianDays === null ? null : Math.round(activity.medianDays * 10) / 10,
  },
  { label: v.t('figures.drafts'), value: drafts.topics },
  { label: v.t('figures.drafts-days'), value: drafts.days },
  { label: v.t('figures.drafts-message'), value: drafts.daysToMessage },
];

const isRole = (name: string): name is Role => ROLES.some((role) => role === name);

const named = <R extends NamedRate>(v: Viewer, rates: R[], nameOf: (name: string) => string) =>
  rates.map((rate) => ({ ...rate, label: rate.name === null ? v.t('figures.other') : nameOf(rate.name) }));

export const rateGroups = (v: Viewer, { figures }: Counted): [RateGroup, ...RateGroup[]] => [
  {
    title: v.t('figures.rate'),
    rates: [
      { label: v.t('figures.go'), ...figures.go },
      { label: v.t('figures.success'), ...figures.success },
      ...(figures.recall ? [{ label: v.t('figures.recall'), ...figures.recall }] : []),
    ],
  },
  { title: v.t('figures.by-type'), rates: named(v, figures.byTypeOfAction, (name) => name) },
  {
    title: v.t('figures.by-role'),
    rates: named(v, figures.byRole, (name) => (isRole(name) ? v.t(`pipeline.role.${name}`) : name)),
  },
];

/** What was submitted and won by year, programme and, for the network, sector. */
export const outcomeGroups = (v: Viewer, { figures, sectors, network }: Counted): OutcomeGroup[] => [
  {
    title: v.t('figures.by-year'),
    head: v.t('figures.year'),
    outcomes: figures.byYear.map((one) => ({ ...one, label: one.name ?? v.t('figures.no-deadline') })),
  },
  {
    title: v.t('figures.by-programme'),
    head: v.t('fact.programme'),
    outcomes: named(v, figures.byProgramme, (name) => programmeName(name, v.language)),
  },
  ...(network
    ? [
        {
          title: v.t('figures.by-sector'),
          head: v.t('figures.sector'),
          outcomes: named(v, figures.bySector, (id) => {
            const sector = sectors.find((s) => s.id === id);
            return sector ? namedIn(sector.name, v.language) : id;
          }),
        },
      ]
    : []),
];

export const moneyRows = (
  v: Viewer,
  { submitted, won }: Pick<Figures, 'submitted' | 'won'>,
): ({ label: string } & Money)[] => [
  ...submitted.map((m) => ({ label: v.t('figures.submitted'), ...m })),
  ...won.map((m) => ({ label: v.t('figures.won'), ...m })),
];

const percent = (share: number | null): number | null =>
  share === null ? null : Math.round(share * 1000) / 10;

const rateLine = (title: string, { label, hits, of, rate, low, high }: RateGroup['rates'][number]) => [
  ...[`${title} – ${label}`, hits, percent(rate), of, percent(low), percent(high), null],
];

const moneyLines = (v: Viewer, { label, currency, requested, share, bids }: { label: string } & Money) =>
  [
    { what: v.t('figures.requested'), sum: requested },
    { what: v.t('pipeline.facts.share'), sum: share },
  ].map(({ what, sum: { amount, unknown } }) => [
    ...[`${label} – ${what}`, amount, null, bids - unknown, null, null, currency],
  ]);

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
      ...rateGroups(v, counted).flatMap(({ title, rates }) => rates.map((rate) => rateLine(title, rate))),
      ...moneyRows(v, figures).flatMap((money) => moneyLines(v, money)),
      ...outcomeGroups(v, counted).flatMap(({ title, outcomes }) =>
        outcomes.flatMap((one) => [
          rateLine(title, one),
          ...moneyRows(v, one).flatMap((money) =>
            moneyLines(v, { ...money, label: `${title} – ${one.label} – ${money.label}` }),
          ),
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
