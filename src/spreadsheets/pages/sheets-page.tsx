import type { LabelsIn } from '../../profiles/domain/label-in.js';
import type { SearchView } from '../../decisions/saved-searches.js';
import type { FeedView } from '../feeds.js';
import type { MessageKey } from '../../i18n/all.js';
import { Field } from '../../ui/parts.js';
import { withQuery } from '../../ui/address.js';
import type { Viewer } from '../../ui/viewer.js';
import { FeedsCard, type FeedForm } from './feeds.js';

export type { FeedForm } from './feeds.js';

interface List {
  label: MessageKey;
  path: string;
  query: Record<string, string>;
}

const FORMATS = ['xlsx', 'csv'] as const;

const listsOf = (profile: string): List[] => [
  { label: 'sheets.list.all', path: `/institutes/${profile}/inbox`, query: { state: 'all', status: 'any' } },
  { label: 'sheets.list.undecided', path: `/institutes/${profile}/inbox`, query: { state: 'undecided' } },
  {
    label: 'sheets.list.relevant',
    path: `/institutes/${profile}/inbox`,
    query: { state: 'relevant', status: 'any' },
  },
  { label: 'sheets.list.proposals', path: `/institutes/${profile}/proposals`, query: {} },
  { label: 'sheets.list.calls', path: '/calls', query: { status: 'open' } },
  { label: 'sheets.list.changes', path: '/changes', query: { days: '30' } },
];

const Exports = ({ v, profile }: { v: Viewer; profile: string }) => (
  <section class="card" aria-labelledby="export">
    <h2 id="export">{v.t('sheets.export')}</h2>
    <p>{v.t('sheets.export-help')}</p>
    <table class="exports">
      <thead>
        <tr>
          <th scope="col">{v.t('sheets.list')}</th>
          <th scope="col">{v.t('sheets.file')}</th>
        </tr>
      </thead>
      <tbody>
        {listsOf(profile).map(({ label, path, query }) => (
          <tr key={label}>
            <th scope="row">{v.t(label)}</th>
            <td class="formats">
              {FORMATS.map((format) => (
                <a
                  key={format}
                  class="button"
                  href={withQuery(`${path}.${format}`, query)}
                  aria-label={v.t('sheets.as', { list: v.t(label), format: format.toUpperCase() })}
                >
                  {format.toUpperCase()}
                </a>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

/** The upload form; `error` says why the last sheet was rejected. */
export const UploadForm = ({
  v,
  profile,
  error,
}: {
  v: Viewer;
  profile: string;
  error?: string | undefined;
}) => (
  <form method="post" action={`/institutes/${profile}/sheets/import`} encType="multipart/form-data">
    <Field id="sheet-file" label={v.t('sheets.import-file')} help={v.t('sheets.import-limit')} error={error}>
      <input
        id="sheet-file"
        name="file"
        type="file"
        required
        accept=".xlsx,.csv,.txt"
        aria-describedby={error ? 'sheet-file-error' : 'sheet-file-help'}
        aria-invalid={error ? 'true' : undefined}
      />
    </Field>
    <button class="primary" type="submit">
      {v.t('sheets.import-read')}
    </button>
  </form>
);

const Import = ({ v, profile, waiting }: { v: Viewer; profile: string; waiting: string | null }) => (
  <section class="card" aria-labelledby="import">
    <h2 id="import">{v.t('sheets.import')}</h2>
    <p>{v.t('sheets.import-help')}</p>
    {waiting !== null && (
      <p class="notice">
        {v.t('sheets.import-waiting', { file: waiting })}{' '}
        <a href={`/institutes/${profile}/sheets/import`}>{v.t('sheets.import-resume')}</a>
      </p>
    )}
    <UploadForm v={v} profile={profile} />
  </section>
);

/** Lists to download, links for Excel, and the import of an old sheet. */
export const SheetsPage = ({
  v,
  profile,
  called,
  feeds,
  searches,
  form,
  writes,
  waiting,
}: {
  v: Viewer;
  profile: string;
  called: LabelsIn;
  feeds: FeedView[];
  searches: SearchView[];
  form: FeedForm;
  writes: boolean;
  waiting: string | null;
}) => (
  <>
    <h1>{v.t('sheets.title')}</h1>
    <p>{v.t('sheets.lead')}</p>
    <Exports v={v} profile={profile} />
    <FeedsCard
      v={v}
      profile={profile}
      called={called}
      feeds={feeds}
      searches={searches}
      form={form}
      writes={writes}
    />
    {writes && <Import v={v} profile={profile} waiting={waiting} />}
  </>
);
