import { momentForPeople } from '../../calls/domain/index.js';
import { Head, mailPage, P, Row, wrapped } from '../../outbox/domain/index.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import { ownAddress } from '../../kernel/web-address.js';
import { wordsFor, type Knowledge, type Todo } from './alarm-words.js';
import { durationInWords } from './duration.js';
import { isGood, UNKNOWN } from './subject.js';

/** One change of state, with all that a mail about it says: nothing is looked up while it is rendered. */
export interface AlarmNews {
  id: string;
  /** What the subject is called by people, and the source's id where it is one. */
  name: string;
  sourceId: string | null;
  previous: string;
  state: string;
  reason: string | null;
  raisedAt: Date;
  /** Since when it was not well. */
  troubleSince: Date | null;
  /** Of a source; null for a queue. */
  knowledge: Knowledge | null;
  publicUrl: string;
  now: Date;
}

/** Stays the same, so that a rule in a mail program can catch it. */
const PREFIX = '[carnot-europe]';
const LONGEST_REASON = 1_000;

/** Paragraphs, or a list of what to do. */
interface Section {
  heading: string;
  lines: string[];
  todo?: Todo[];
}

const lasted = ({ troubleSince, raisedAt }: AlarmNews): string =>
  durationInWords(raisedAt.getTime() - (troubleSince ?? raisedAt).getTime());
const onDate = (at: Date, now: Date): string => {
  const { moment, age } = momentForPeople(at, now, 'en');
  return `${moment}, ${age}`;
};

/** "EU Funding & Tenders Portal is broken (was healthy)": the subject of the mail, and the line in the log. */
export function alarmHeadline(news: AlarmNews): string {
  const name = oneLine(news.name);
  const was = wordsFor(news.previous).called;
  if (isGood(news.state)) return `${name} is ${news.state} again after ${lasted(news)} (was ${was})`;
  return `${name} is ${wordsFor(news.state).called} (${news.previous === UNKNOWN ? 'at the first look' : `was ${was}`})`;
}

function happened(news: AlarmNews): string[] {
  const { meaning } = wordsFor(news.state);
  const reason = news.reason && `Reason: ${shortened(oneLine(news.reason), LONGEST_REASON)}`;
  const earlier =
    news.troubleSince && news.troubleSince < news.raisedAt && !isGood(news.state)
      ? `The problem has lasted ${lasted(news)}.`
      : null;
  return [meaning, reason, `Since ${onDate(news.raisedAt, news.now)}.`, earlier].filter(
    (line): line is string => Boolean(line),
  );
}

/** What the readers of the mails and of the API see meanwhile. */
function forUsers({ knowledge, state, now }: AlarmNews): string[] {
  if (!knowledge) return [];
  if (!knowledge.lastGoodRunAt) return ['It has never been read, so none of its calls are shown yet.'];
  const one = knowledge.calls === 1;
  const its = `Its ${knowledge.calls} ${one ? 'call' : 'calls'}`;
  const confirmed = onDate(knowledge.lastGoodRunAt, now);
  if (isGood(state) || state === 'quiet')
    return [`${its} ${one ? 'was' : 'were'} last confirmed on ${confirmed}.`];
  return [
    `${its} ${one ? 'stays as it was' : 'stay as they were'}, last confirmed on ${confirmed}. Later changes are not known, and the e-mails say so.`,
  ];
}

function todoOf({ state, sourceId }: AlarmNews): Todo[] {
  const named = (text: string): string => text.replaceAll('SOURCE', sourceId ?? '');
  return wordsFor(state).todo.map(({ say, run }) => ({
    say: named(say),
    ...(run !== undefined && { run: named(run) }),
  }));
}

function sections(news: AlarmNews): Section[] {
  const users = { heading: 'What it means for the users', lines: forUsers(news) };
  if (isGood(news.state)) {
    return [
      {
        heading: 'What happened',
        lines: [
          `Back to normal since ${onDate(news.raisedAt, news.now)}. The problem lasted ${lasted(news)}.`,
        ],
      },
      users,
      {
        heading: 'What to do',
        lines: ['Nothing. Any acknowledgement has ended: the next problem is announced by e-mail.'],
      },
    ];
  }
  return [
    { heading: 'What happened', lines: happened(news) },
    users,
    { heading: 'What to do', lines: [], todo: todoOf(news) },
  ];
}

interface Foot {
  text: string;
  urls: string[];
}
function foot(news: AlarmNews): Foot[] {
  const alarm = ownAddress(`${news.publicUrl}/v1/alarms/${news.id}`);
  const overview = ownAddress(`${news.publicUrl}/v1/${news.sourceId ? 'sources' : 'queues'}`);
  const read = {
    text: 'This alarm, and the present state of all (with the admin token):',
    urls: [alarm, overview],
  };
  if (isGood(news.state)) return [read];
  return [
    read,
    {
      text: 'To stop e-mails about it until it is back to normal, acknowledge it; /rearm instead of /acknowledge undoes this:',
      urls: [`curl -X POST -H "Authorization: Bearer $TOKEN" ${alarm}/acknowledge`],
    },
  ];
}

/** A command that is broken cannot be copied. */
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
                <code>{run}</code>
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
    {text}
    {urls.map((url) => (
      <span key={url}>
        <br />
        {url.startsWith('http') ? <a href={url}>{url}</a> : <code>{url}</code>}
      </span>
    ))}
  </Row>
);

const asHtml = (headline: string, parts: Section[], feet: Foot[]): string =>
  mailPage(
    { language: 'en', title: headline },
    <>
      <Head heading={headline} />
      {parts.map((part) => (
        <Part key={part.heading} {...part} />
      ))}
      {feet.map((part) => (
        <FootPart key={part.text} {...part} />
      ))}
    </>,
  );

/** The mail for the operators about one change of state, in plain words. Both bodies say the same. */
export function renderAlarm(news: AlarmNews): { subject: string; text: string; html: string } {
  const headline = alarmHeadline(news);
  const parts = sections(news).filter((s) => s.lines.length || s.todo?.length);
  const feet = foot(news);
  return {
    subject: `${PREFIX} ${headline}`,
    text: asText(headline, parts, feet),
    html: asHtml(headline, parts, feet),
  };
}
