import { type CallContent, type Change, type ChangeKind, changeSentences } from '../../calls/domain/index.js';
import { webAddress } from '../../kernel/web-address.js';
import { brusselsClock, linkTo, type Column } from './table.js';

/** Something that happened to a call: one kind of change that one version brought. */
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

/** Changes: the columns in their order for good. New ones come at the end. */
export const CHANGE_COLUMNS: Column<ChangeRow>[] = [
  {
    key: 'event',
    header: { en: 'Event', fr: 'Événement' },
    kind: 'text',
    width: 14,
    value: ({ seq, kind }) => `${seq}-${kind}`,
  },
  { key: 'call', header: { en: 'Key', fr: 'Clé' }, kind: 'text', width: 9, value: ({ callId }) => callId },
  {
    key: 'identifier',
    header: { en: 'Topic identifier', fr: 'Identifiant du sujet' },
    kind: 'text',
    width: 30,
    value: ({ identifier }) => identifier,
  },
  {
    key: 'title',
    header: { en: 'Title', fr: 'Titre' },
    kind: 'text',
    width: 60,
    value: ({ title }) => title,
  },
  {
    key: 'seen',
    header: { en: 'First seen (Brussels time)', fr: 'Vu pour la première fois (heure de Bruxelles)' },
    kind: 'moment',
    width: 18,
    value: ({ seenAt }) => brusselsClock(seenAt),
  },
  {
    key: 'says',
    header: { en: 'What changed', fr: 'Ce qui a changé' },
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
    header: { en: 'Source', fr: 'Source' },
    kind: 'text',
    width: 18,
    value: ({ sourceId }) => sourceId,
  },
  {
    key: 'page',
    header: { en: 'Page in carnot-europe', fr: 'Fiche dans carnot-europe' },
    kind: 'link',
    width: 24,
    value: ({ callId }, { home }) => linkTo(`${home}/calls/${callId}`),
  },
  {
    key: 'source-page',
    header: { en: 'Page of the source', fr: 'Page de la source' },
    kind: 'link',
    width: 30,
    value: ({ url }) => linkTo(webAddress(url)),
  },
];
