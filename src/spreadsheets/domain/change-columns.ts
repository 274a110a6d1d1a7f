import type { CallContent } from '../../calls/domain/call-content.js';
import type { Change, ChangeKind } from '../../calls/domain/versions/diff.js';
import { changeSentences } from '../../calls/domain/facts/change-sentences.js';
import { webAddress } from '../../kernel/web-address.js';
import { inEach } from '../../i18n/translate.js';
import { brusselsClock, linkTo, type Column } from './table.js';

/** A call event: one kind of change made by one version. */
export interface ChangeRow {
  seq: string;
  kind: ChangeKind;
  changes: Change[];
  seenAt: Date;
  sourceId: string | null;
  callId: string;
  callKind: CallContent['kind'];
  deadlines: CallContent['deadlines'];
  title: string;
  identifier: string | null;
  url: string | null;
}

/** Changes: columns in a permanent order. New ones are appended. */
export const CHANGE_COLUMNS: Column<ChangeRow>[] = [
  {
    key: 'event',
    header: inEach('sheet-column.event'),
    kind: 'text',
    width: 14,
    value: ({ seq, kind }) => `${seq}-${kind}`,
  },
  { key: 'call', header: inEach('sheet-column.call'), kind: 'text', width: 9, value: ({ callId }) => callId },
  {
    key: 'identifier',
    header: inEach('sheet-column.identifier'),
    kind: 'text',
    width: 30,
    value: ({ identifier }) => identifier,
  },
  {
    key: 'title',
    header: inEach('sheet-column.title'),
    kind: 'text',
    width: 60,
    value: ({ title }) => title,
  },
  {
    key: 'seen',
    header: inEach('sheet-column.seen'),
    kind: 'moment',
    width: 18,
    value: ({ seenAt }) => brusselsClock(seenAt),
  },
  {
    key: 'says',
    header: inEach('sheet-column.says'),
    kind: 'text',
    width: 70,
    value: (row, { language }) =>
      changeSentences(
        row.changes.filter((c) => c.kind === row.kind),
        language,
        { deadlines: row.deadlines, kind: row.callKind },
      ).join('\n') || null,
  },
  {
    key: 'source',
    header: inEach('sheet-column.source'),
    kind: 'text',
    width: 18,
    value: ({ sourceId }) => sourceId,
  },
  {
    key: 'page',
    header: inEach('sheet-column.page'),
    kind: 'link',
    width: 24,
    value: ({ callId }, { home }) => linkTo(`${home}/calls/${callId}`),
  },
  {
    key: 'source-page',
    header: inEach('sheet-column.source-page'),
    kind: 'link',
    width: 30,
    value: ({ url }) => linkTo(webAddress(url)),
  },
];
