import { momentForPeople } from '../../calls/domain/facts/deadline.js';
import { mailPage, P, Row, TextLink, wrapped } from '../../outbox/domain/mail-page.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import { ownAddress } from '../../kernel/web-address.js';
import {
  calledState,
  durationInWords,
  isGood,
  type Knowledge,
  meaningOfState,
  sayToOperators as t,
  type Todo,
  todoFor,
  UNKNOWN,
} from './alarm-words.js';

/** A state change with everything its e-mail says: nothing is looked up while rendering. */
export interface AlarmNews {
  id: string;
  /** What is monitored, its readable name, and the id if it is a source. */
  subject: string;
  name: string;
  sourceId: string | null;
  previous: string;
  state: string;
  reason: string | null;
  raisedAt: Date;
  /** When the trouble began. */
  troubleSince: Date | null;
  /** For a source; null for anything else. */
  knowledge: Knowledge | null;
  /**
   * The incident that lasts or ends with this; null where it begins. `subject` is that of its first e-mail,
   * and `relapses` how often it seemed to be over.
   */
  incident: { subject: string; relapses: number; reminds: boolean } | null;
  publicUrl: string;
  now: Date;
}

/** Never changes, so that mail filters can rely on it. */
const PREFIX = '[carnot-europe]';
const LONGEST_REASON = 1_000;

/** Paragraphs, or a list of things to do. */
interface Section {
  heading: string;
  lines: string[];
  todo?: Todo[];
}

const lasted = ({ troubleSince, raisedAt, incident, now }: AlarmNews): string => {
  const until = incident?.reminds ? now : raisedAt;
  return durationInWords(until.getTime() - (troubleSince ?? raisedAt).getTime());
};

/** "EU Funding & Tenders Portal is broken (was healthy)": the e-mail's headline and the line in the log. */
export function alarmHeadline(news: AlarmNews): string {
  const name = oneLine(news.name);
  const [called, was] = [calledState(news.state), calledState(news.previous)];
  if (isGood(news.state))
    return t('alarm.headline.well', { name, state: news.state, lasted: lasted(news), was });
  return news.incident?.reminds
    ? t('alarm.headline.still', { name, called, lasted: lasted(news) })
    : t('alarm.headline', { name, called, was: news.previous === UNKNOWN ? 'none' : was });
}

/** When this state began: the first of a trouble did so before it was noticed. */
const began = ({ previous, raisedAt, troubleSince }: AlarmNews): Date =>
  isGood(previous) || previous === UNKNOWN ? (troubleSince ?? raisedAt) : raisedAt;

const relapsed = ({ incident }: AlarmNews): string[] =>
  incident?.relapses ? [t('alarm.relapses', { n: incident.relapses })] : [];

function happened(news: AlarmNews): string[] {
  const reason =
    news.reason && t('alarm.reason', { reason: shortened(oneLine(news.reason), LONGEST_REASON) });
  const earlier =
    news.troubleSince && news.troubleSince < began(news)
      ? t('alarm.lasting', { lasted: lasted(news) })
      : null;
  const since = t('alarm.since', momentForPeople(began(news), news.now, 'en'));
  return [meaningOfState(news.state), reason, since, earlier, ...relapsed(news)].filter(
    (line): line is string => Boolean(line),
  );
}

/** What readers of the mails and the API see in the meantime. */
function forUsers({ knowledge, state, now }: AlarmNews): string[] {
  if (!knowledge) return [];
  if (!knowledge.lastGoodRunAt) return [t('alarm.users.never')];
  const known = { n: knowledge.calls, ...momentForPeople(knowledge.lastGoodRunAt, now, 'en') };
  return [t(isGood(state) || state === 'quiet' ? 'alarm.users.confirmed' : 'alarm.users.stays', known)];
}

function sections(news: AlarmNews): Section[] {
  const users = { heading: t('alarm.heading.users'), lines: forUsers(news) };
  if (isGood(news.state)) {
    return [
      {
        heading: t('alarm.heading.happened'),
        lines: [
          t('alarm.well', { ...momentForPeople(news.raisedAt, news.now, 'en'), lasted: lasted(news) }),
          ...relapsed(news),
        ],
      },
      users,
      {
        heading: t('alarm.heading.todo'),
        lines: [t('alarm.nothing-to-do')],
      },
    ];
  }
  return [
    { heading: t('alarm.heading.happened'), lines: happened(news) },
    users,
    { heading: t('alarm.heading.todo'), lines: [], todo: todoFor(news.state, news.sourceId ?? '') },
  ];
}

/** Where the present state of such subjects is, behind /v1. */
const OVERVIEWS = [
  ['source/', 'sources'],
  ['check/', 'sources'],
  ['delivery/', 'notifications?state=failed'],
] as const;
const overviewOf = (subject: string): string =>
  OVERVIEWS.find(([beginning]) => subject.startsWith(beginning))?.[1] ?? 'queues';

interface Foot {
  text: string;
  urls: string[];
}
function foot(news: AlarmNews): Foot[] {
  const alarm = ownAddress(`${news.publicUrl}/v1/alarms/${news.id}`);
  const overview = ownAddress(`${news.publicUrl}/v1/${overviewOf(news.subject)}`);
  const read = {
    text: t('alarm.foot.read'),
    urls: [alarm, overview],
  };
  if (isGood(news.state)) return [read];
  return [
    read,
    {
      text: t('alarm.foot.acknowledge'),
      urls: [`curl -X POST -H "Authorization: Bearer $TOKEN" ${alarm}/acknowledge`],
    },
  ];
}

/** Commands are not wrapped, so that they can be copied. */
const todoText = ({ say, run }: Todo): string =>
  [wrapped(`- ${say}`, '', '  '), ...(run === undefined ? [] : [`    ${run}`])].join('\n');

function asText(headline: string, parts: Section[], feet: Foot[]): string {
  const paragraphs = [
    wrapped(`${headline}.`),
    ...parts.map(({ heading, lines, todo = [] }) =>
      [heading, ...lines.map((l) => wrapped(l)), ...todo.map(todoText)].join('\n'),
    ),
    ...feet.map(({ text, urls }) => [wrapped(text), ...urls].join('\n')),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

const Part = ({ heading, lines, todo = [] }: Section) => (
  <Row>
    <h2 style="font-size:17px;margin:0 0 4px 0;">{heading}</h2>
    {lines.map((line) => (
      <P key={line} style="margin:0 0 8px 0;">
        {line}
      </P>
    ))}
    {todo.length > 0 && (
      <ul style="margin:0;padding:0 0 0 20px;">
        {todo.map(({ say, run }) => (
          <li key={say}>
            {say}
            {run !== undefined && (
              <>
                <br />
                <code style="overflow-wrap:anywhere;">{run}</code>
              </>
            )}
          </li>
        ))}
      </ul>
    )}
  </Row>
);

const FootPart = ({ text, urls }: Foot) => (
  <Row tone="foot">
    <P style="margin:0;">{text}</P>
    {urls.map((url) => (
      <P key={url} style="margin:0;line-height:26px;">
        {url.startsWith('http') ? (
          <TextLink label={url} url={url} />
        ) : (
          <code style="overflow-wrap:anywhere;">{url}</code>
        )}
      </P>
    ))}
  </Row>
);

const asHtml = (headline: string, parts: Section[], feet: Foot[]): string =>
  mailPage(
    { language: 'en', title: headline },
    <>
      {parts.map((part) => (
        <Part key={part.heading} {...part} />
      ))}
      {feet.map((part) => (
        <FootPart key={part.text} {...part} />
      ))}
    </>,
  );

/**
 * Renders an e-mail to operators about an incident in plain words. Both bodies say the same, and all e-mails
 * of an incident have one subject.
 */
export function renderAlarm(news: AlarmNews): { subject: string; text: string; html: string } {
  const headline = alarmHeadline(news);
  const parts = sections(news).filter((s) => s.lines.length || s.todo?.length);
  const feet = foot(news);
  return {
    subject: news.incident ? `Re: ${PREFIX} ${news.incident.subject}` : `${PREFIX} ${headline}`,
    text: asText(headline, parts, feet),
    html: asHtml(headline, parts, feet),
  };
}
