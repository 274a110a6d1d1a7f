import { webAddress } from '../../../kernel/web-address.js';
import type { CallView } from '../../api/call-views.js';
import { momentText } from '../../../ui/dates.js';
import { Dots } from '../../../ui/parts.js';
import type { Viewer } from '../../../ui/viewer.js';
import type { CallModel } from './model.js';

function SourceRecord({ v, name, seen }: { v: Viewer; name: string; seen: CallView['seenAt'][number] }) {
  const page = webAddress(seen.url);
  return (
    <li>
      <Dots
        parts={[
          page ? (
            <a href={page} rel="noopener noreferrer" target="_blank">
              {name} <span class="hidden-visually">{v.t('new-window')}</span>
            </a>
          ) : (
            name
          ),
          v.t('call.last-seen', { when: momentText(v, seen.lastSeenAt) }),
          seen.leads && v.t('call.leads'),
          seen.goneAt
            ? v.t('call.gone', { when: momentText(v, seen.goneAt) })
            : seen.notSeenSince && v.t('call.missing', { when: momentText(v, seen.notSeenSince) }),
        ]}
      />
    </li>
  );
}

/** Where and since when the call has been seen, and what it was read from. */
export function SeenAt({ v, model: { call, sources } }: { v: Viewer; model: CallModel }) {
  return (
    <>
      <ul class="plain-list">
        {call.seenAt.map((seen, i) => (
          <SourceRecord key={i} v={v} name={sources.get(seen.source) ?? seen.source} seen={seen} />
        ))}
      </ul>
      <p class="muted small">
        <Dots
          parts={[
            v.t('call.first-seen', { when: momentText(v, call.firstSeenAt), version: call.version }),
            call.document && <a href={call.document}>{v.t('call.document')}</a>,
          ]}
        />
      </p>
    </>
  );
}
