import type { SourceReading } from '../source-readings.js';
import { documentKey, documentPage } from '../domain/drafts/committee-document.js';
import { dayText } from '../../ui/dates.js';
import { Dots } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';

type Listed = NonNullable<SourceReading['documents']>[number];

const TYPES = ['D', 'V', 'A', 'S'] as const;

function DocumentRow({
  v,
  listed: { content, changedAt, topics, proposals },
}: {
  v: Viewer;
  listed: Listed;
}) {
  const { reference, version, title, committee, type, files = [] } = content;
  const known = TYPES.find((t) => t === type) ?? 'O';
  return (
    <li>
      <a href={documentPage(documentKey(content))} lang="en" rel="noopener noreferrer" target="_blank">
        {title}
      </a>{' '}
      <span class="small muted">
        <Dots
          parts={[
            v.t(`committee.type.${known}`),
            `${committee} ${reference}/${version}`,
            dayText(v, changedAt),
            topics > 0 && v.t('committee.topics', { n: topics }),
            proposals.length > 0 && v.t('committee.proposals', { n: proposals.length }),
            files.map((f) => f.name).join(', ') || null,
          ]}
        />
      </span>
    </li>
  );
}

/** The newest documents of a register of committees, also those that nobody is told of. */
export function CommitteeDocuments({ v, reading: { documents } }: { v: Viewer; reading: SourceReading }) {
  if (!documents?.length) return null;
  return (
    <details>
      <summary>{v.t('committee.documents')}</summary>
      <ul>
        {documents.map((listed) => (
          <DocumentRow key={`${listed.content.reference}/${listed.content.version}`} v={v} listed={listed} />
        ))}
      </ul>
    </details>
  );
}
