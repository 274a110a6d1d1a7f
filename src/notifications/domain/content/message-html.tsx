import type { SummaryView } from '../../../calls/domain/summary.js';
import type { Piece } from '../../../calls/domain/versions/text-diff.js';
import type { Fact } from '../../../calls/domain/facts/call-facts.js';
import type { Passage } from '../../../matching/domain/explanation/passage.js';
import {
  Button,
  type Link,
  mailPage,
  P,
  Quote,
  Row,
  SMALL,
  SmallButton,
  Spoken,
  TextLink,
} from '../../../outbox/domain/mail-page.js';
import type { Language } from '../../../kernel/language.js';
import type { ChangeView, Badge, ItemView } from './item-view.js';
import { type Translate, translateTo } from '../../../i18n/translate.js';
import type { GroupView } from './message-groups.js';
import type { LineView, ListView } from './message-lists.js';
import type { MessageView } from './message-view.js';

const TITLE = 'margin:0 0 2px 0;font-size:17px;line-height:1.35;';
const LABEL = 'padding:1px 12px 1px 0;font-weight:bold;white-space:nowrap;vertical-align:top;';
/** Outlook renders with Word, which supports the attribute but not the style. */
const NO_WRAP = { nowrap: true };
const TONES: Record<Badge['tone'], string> = {
  urgent: 'background:#a3211b;color:#ffffff;',
  fresh: 'background:#1c6b3a;color:#ffffff;',
  changed: 'background:#8a4b00;color:#ffffff;',
  baseline: 'background:#4b5a60;color:#ffffff;',
};

/** A call as a row of the e-mail. Under a group heading, its own is one level lower. */
function ItemRow({ item, under, language }: { item: ItemView; under: boolean; language: Language }) {
  const Title = under ? 'h3' : 'h2';
  return (
    <Row style={item.row ? 'padding-top:12px;padding-bottom:12px;' : ''}>
      {item.badges.length > 0 && (
        <P style="margin:0 0 4px 0;">
          {item.badges.map((badge) => (
            <BadgeMark key={badge.label} {...badge} />
          ))}
        </P>
      )}
      <Title style={TITLE}>
        <Name item={item} />
      </Title>
      {'\n'}
      {item.identifier !== null && <Small style="margin:0 0 8px 0;">{item.identifier}</Small>}
      {item.siblings.map((sibling) => (
        <p key={sibling.url} class="m" style={`margin:0 0 8px 0;${SMALL}`}>
          {translateTo(language)('message.siblings')} <TextLink {...sibling} />
          {sibling.decide && (
            <>
              {'\u00a0\u00a0 '}
              <Decide links={sibling.decide} />
            </>
          )}
        </p>
      ))}
      {item.summary && <Gist summary={item.summary} language={language} />}
      <Changes item={item} language={language} />
      {item.row ? <Brief item={item} /> : <InFull item={item} language={language} />}
    </Row>
  );
}

/** What the call is about; a quoted sentence is marked, and in its language. */
function Gist({ summary, language }: { summary: SummaryView; language: Language }) {
  const t = translateTo(language);
  const quoted = summary.source === 'quoted';
  return (
    <P style="margin:0 0 6px 0;font-size:15px;">
      {quoted && `${t('summary.quoted')} ${t('text.quote-open')}`}
      <Spoken language={summary.language}>{summary.sentences.join(' ')}</Spoken>
      {quoted && t('text.quote-close')}
    </P>
  );
}

/** The reason in full width; below it the terms and, beside or (on a phone) below them, how to decide. */
const Brief = ({
  item: { reason, row, source, because, decide },
}: {
  item: Pick<ItemView, 'reason' | 'row' | 'source' | 'because' | 'decide'>;
}) => (
  <>
    {reason !== null && <P style="margin:0;font-size:15px;">{reason}</P>}
    <table class="f" role="presentation" width="100%" cellpadding="0" cellspacing="0">
      <tr>
        <td style="vertical-align:top;">
          <p class="m" style={`margin:0;${SMALL}`}>
            {row!.join(' · ')}
            {source && (
              <>
                {row!.length > 0 && ' · '}
                <TextLink {...source} />
              </>
            )}
          </p>
          {'\n'}
          {because !== null && <Small style="margin:0;">{because}</Small>}
        </td>
        {decide && (
          <td align="right" {...NO_WRAP} style="vertical-align:top;white-space:nowrap;padding:2px 0 0 12px;">
            <Decide links={decide} />
          </td>
        )}
      </tr>
    </table>
  </>
);

/** How well it fits the institutes, the best first. */
const Fit = ({ lines }: { lines: string[] }) => (
  <>
    {lines.map((line, i) => (
      <P
        key={line}
        style={`margin:${i ? '0' : '8px'} 0 2px 0;${i ? 'font-size:15px;' : 'font-weight:bold;'}`}
      >
        {line}
      </P>
    ))}
  </>
);

const InFull = ({ item, language }: { item: ItemView; language: Language }) => (
  <>
    <Fit lines={item.fit} />
    {item.reason !== null && <P style="margin:0 0 8px 0;">{item.reason}</P>}
    {item.passage && <PassageQuote passage={item.passage} spoken={item.language} language={language} />}
    <Facts facts={item.facts} />
    {item.because !== null && <Small style="margin:8px 0 0 0;">{item.because}</Small>}
    {item.decide && (
      <P style="margin:8px 0 0 0;">
        <Decide links={item.decide} />
      </P>
    )}
    <P style="margin:8px 0 0 0;">
      <TextLink {...item.page} />
      {item.source && (
        <>
          {' \u00a0·\u00a0 '}
          <TextLink {...item.source} />
        </>
      )}
    </P>
  </>
);

const Decide = ({ links }: { links: Link[] }) => (
  <>
    {links.map((link, i) => (
      <span key={link.url}>
        {i > 0 && '\u00a0\u00a0'}
        <SmallButton {...link} />
      </span>
    ))}
  </>
);

function Name({ item: { number, language, title, row, page } }: { item: ItemView }) {
  const name = <Spoken language={language}>{title}</Spoken>;
  return (
    <>
      {number === null ? '' : `${number}. `}
      {row ? (
        <a class="a" href={page.url} style="color:#1a1a1a;text-decoration:underline;">
          {name}
        </a>
      ) : (
        name
      )}
    </>
  );
}

const Small = ({ style, children }: { style: string; children: string }) => (
  <>
    <p class="m" style={style + SMALL}>
      {children}
    </p>
    {'\n'}
  </>
);

/** Word ignores the padding: no-break spaces replace it. */
const BadgeMark = ({ tone, label }: Badge) => (
  <>
    <span style={`${TONES[tone]}font-size:13px;font-weight:bold;padding:2px 4px;border-radius:3px;`}>
      {`\u00a0${label}\u00a0`}
    </span>{' '}
  </>
);

const Facts = ({ facts }: { facts: Fact[] }) =>
  facts.length === 0 ? null : (
    <table
      class="f"
      cellpadding="0"
      cellspacing="0"

      style="margin:6px 0 0 0;font-size:15px;line-height:1.45;"
    >
      {facts.map(({ label, value }) => (
        <tr key={label + value}>
          <th scope="row" align="left" style={LABEL}>
            {label}
          </th>
          <td valign="top">{value}</td>
        </tr>
      ))}
    </table>
  );

function Changes({ item: { changes, rest }, language }: { item: ItemView; language: Language }) {
  if (!changes.length) return null;
  return (
    <>
      <P style="margin:4px 0 0 0;font-weight:bold;">{translateTo(language)('message.changes')}</P>
      <ul style="margin:2px 0 8px 0;padding:0 0 0 20px;">
        {changes.map((change) => (
          <ChangeItem key={change.sentence} {...change} />
        ))}
        {rest && (
          <li>
            <TextLink {...rest} />
          </li>
        )}
      </ul>
    </>
  );
}

const ChangeItem = ({ sentence, differences }: ChangeView) => (
  <>
    <li style="margin:0 0 6px 0;">
      {sentence}
      {differences.map((pieces, i) => (
        <span key={i}>
          <br />
          <span class="q" style="color:#333d41;font-size:15px;">
            {pieces.map((piece, at) => (
              <PieceMark key={at} {...piece} />
            ))}
          </span>
        </span>
      ))}
    </li>
    {'\n'}
  </>
);

function PieceMark({ op, text }: Piece) {
  if (op === 'same') return <>{text}</>;
  return op === 'removed' ? (
    <del class="del" style="color:#8a1c1c;text-decoration:line-through;">
      {text}
    </del>
  ) : (
    <ins class="ins" style="color:#1c6b3a;text-decoration:underline;font-weight:bold;">
      {text}
    </ins>
  );
}

interface Quoted {
  passage: Passage;
  spoken: string;
  language: Language;
}

function PassageQuote({ passage: { before, found, after }, spoken, language }: Quoted) {
  const t = translateTo(language);
  return (
    <Quote>
      {t('text.quote-open')}
      <Spoken language={spoken}>
        {before}
        <strong class="k" style="background:#fff0b8;color:#17211f;">
          {found}
        </strong>
        {after}
      </Spoken>
      {t('text.quote-close')}
    </Quote>
  );
}

const H2 = 'margin:0 0 8px 0;font-size:17px;line-height:1.35;';

export const messageHtml = (view: MessageView): string =>
  mailPage(
    {
      language: view.language,
      title: view.subject,
      heading: view.heading,
      banner: view.banner,
      preheader: view.preheader,
    },
    <>
      <Intro {...view} />
      {view.groups.map((group, i) => (
        <Group key={i} group={group} language={view.language} />
      ))}
      <After {...view} />
      {view.lists.map((list) => (
        <List key={list.heading} list={list} t={translateTo(view.language)} />
      ))}
      {view.choose && (
        <Row>
          <h2 style={H2}>{view.choose.heading}</h2>
          {'\n'}
          <P style="margin:0 0 8px 0;">{view.choose.says}</P>
          <TextLink {...view.choose.link} />
        </Row>
      )}
      <Foot {...view} />
    </>,
  );

function Intro({ greeting, intro }: MessageView) {
  const said = [...(greeting ? [greeting] : []), ...intro];
  return (
    <Row>
      {said.map((p, i) => (
        <P key={p} style={`margin:${i ? '8px' : '0'} 0 0 0;`}>
          {p}
        </P>
      ))}
    </Row>
  );
}

/** What the topics of a group share. */
const Shared = ({ group }: { group: GroupView }) =>
  group.row.length > 0 ? (
    <Brief item={{ ...group, source: null }} />
  ) : (
    <>
      <Fit lines={group.fit} />
      {group.reason !== null && <P style="margin:2px 0 0 0;">{group.reason}</P>}
      <Facts facts={group.facts} />
      {group.because !== null && <Small style="margin:8px 0 0 0;">{group.because}</Small>}
      {group.decide && (
        <P style="margin:8px 0 0 0;">
          <Decide links={group.decide} />
        </P>
      )}
    </>
  );

const Group = ({ group, language }: { group: GroupView; language: MessageView['language'] }) => (
  <>
    {group.heading !== null && (
      <Row tone="group">
        <h2 style="margin:0;font-size:17px;line-height:1.35;">{group.heading}</h2>
        {group.callTitle && (
          <P style="margin:2px 0 0 0;">
            <Spoken language={group.callTitle.language}>{group.callTitle.text}</Spoken>
          </P>
        )}
        <Shared group={group} />
      </Row>
    )}
    {group.items.map((item) => (
      <ItemRow key={item.callId} item={item} under={group.heading !== null} language={language} />
    ))}
  </>
);

function After({ held, unread, more, inbox }: MessageView) {
  const said = [held, unread, more].filter((p) => p !== null);
  if (!said.length && !inbox) return null;
  return (
    <Row>
      {said.map((p) => (
        <P key={p}>{p}</P>
      ))}
      {inbox && <Button {...inbox} />}
    </Row>
  );
}

const List = ({ list: { heading, lines, more, link }, t }: { list: ListView; t: Translate }) => (
  <Row>
    <h2 style={H2}>{heading}</h2>
    {'\n'}
    {lines.map((line, i) => (
      <Line key={i} line={line} t={t} />
    ))}
    {more !== null && (
      <P style="margin:4px 0 0 0;">
        {more}
        {link && (
          <>
            <br />
            <TextLink {...link} />
          </>
        )}
      </P>
    )}
  </Row>
);

function Line({
  line: { front, language, title, says, quote, link, source },
  t,
}: {
  line: LineView;
  t: Translate;
}) {
  const named = <Spoken language={language}>{title}</Spoken>;
  const said = quote === null ? says : [...says, t('text.quote', { text: quote })];
  return (
    <P style="margin:0 0 10px 0;font-size:15px;">
      {front && (
        <>
          <strong>{front}</strong> –{' '}
        </>
      )}
      {link ? (
        <a class="a" href={link.url} style="color:#0b5c6b;">
          {named}
        </a>
      ) : (
        <strong>{named}</strong>
      )}
      {said.map((p) => (
        <span key={p}>
          <br />
          <span class="m" style={SMALL}>
            {p}
          </span>
        </span>
      ))}
      {source && (
        <>
          <br />
          <a class="a" href={source.url} style={`${SMALL}color:#0b5c6b;`}>
            {source.label}
          </a>
        </>
      )}
    </P>
  );
}

const Foot = ({ foot, choose }: MessageView) => (
  <Row tone="foot">
    {foot.untold && <P>{foot.untold}</P>}
    {foot.links && <P>{foot.links}</P>}
    {foot.why && <P style="margin:0 0 4px 0;">{foot.why}</P>}
    <P>{foot.next}</P>
    {foot.sources.lines.length > 0 && (
      <>
        <p style="margin:0;font-weight:bold;">{foot.sources.heading}</p>
        {'\n'}
        <ul style="margin:0 0 12px 0;padding:0 0 0 20px;">
          {foot.sources.lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </>
    )}
    <p style="margin:0;">
      {!choose && (
        <>
          <TextLink {...foot.settings} />
          <br />
        </>
      )}
      <TextLink {...foot.unsubscribe} />
    </p>
  </Row>
);
