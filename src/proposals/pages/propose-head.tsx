import { Identifier } from '../../ui/identifier.js';
import { DaysLeft, StatusBadge } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import type { Situation } from '../proposing.js';

/** The proposed call, in three lines. */
export function CallHead({
  v,
  situation: {
    call: { content, lastDeadlineAt },
    status,
  },
}: {
  v: Viewer;
  situation: Situation;
}) {
  return (
    <div class="call-head">
      <p class="call-title" lang={content.language}>
        {content.title}
      </p>
      <p class="row small">
        <StatusBadge v={v} status={status} />
        <Identifier v={v} call={content} />
        <DaysLeft
          v={v}
          at={nextDeadline(content.deadlines, v.now) ?? lastDeadlineAt?.toISOString() ?? null}
        />
      </p>
    </div>
  );
}

const nextDeadline = (deadlines: { at: string }[], now: Date): string | null =>
  deadlines.find((d) => Date.parse(d.at) > now.getTime())?.at ?? null;
