import { Button, P, SMALL, Spoken, TextLink } from '../../../outbox/domain/mail-parts.js';
import { mailPage, Row } from '../../../outbox/domain/mail-page.js';
import { translateTo, type Translate } from '../../../i18n/translate.js';
import { Facts, ItemRow } from './item-html.js';
import type { GroupView } from './message-groups.js';
import type { LineView, ListView } from './message-lists.js';
import type { MessageView } from './message-view.js';

const H2 = 'margin:0 0 8px 0;font-size:17px;line-height:1.35;';

/** A message as an HTML e-mail. */
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
        <Facts facts={group.facts} />
        {group.row.length > 0 && <P style="margin:2px 0 0 0;font-size:14px;">{group.row.join(' · ')}</P>}
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

function Line({ line: { front, language, title, says, quote, link }, t }: { line: LineView; t: Translate }) {
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
    </P>
  );
}

const Foot = ({ foot, choose }: MessageView) => (
  <Row tone="foot">
    {foot.untold && <P>{foot.untold}</P>}
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
