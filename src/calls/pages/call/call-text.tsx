import type { Viewer } from '../../../ui/viewer.js';
import { MarkedText } from './marked-text.js';
import type { CallModel } from './model.js';

/**
 * The call's own words, with matches marked; on a phone each section is collapsed. The conditions are
 * collapsed: most are in every call, and the specific ones are listed above.
 */
export function CallText({ v, model: { call, reasons } }: { v: Viewer; model: CallModel }) {
  const sections = call.sections.map((section, i) => ({
    ...section,
    marks: reasons?.marks.get(`sections.${i}`) ?? [],
  }));
  const [read, folded] = [
    sections.filter((s) => s.kind !== 'conditions'),
    sections.filter((s) => s.kind === 'conditions'),
  ];
  if (sections.length === 0) return <p>{v.t('call.no-text')}</p>;
  const more = sections.flatMap((s) => s.marks).some((m) => !m.strong);
  return (
    <>
      {more && (
        <label class="choice small no-print">
          <input type="checkbox" id="all-marks" /> {v.t('call.all-marks')}
        </label>
      )}
      <div class="text" lang={call.language}>
        {read.map((s, i) => (
          <details key={i} class="part" open>
            <summary>
              <h3>{s.title || v.t('call.section')}</h3>
            </summary>
            <MarkedText text={s.text} marks={s.marks} />
          </details>
        ))}
        {folded.map((s, i) => (
          <details key={i} open={s.marks.some((m) => m.anchor)}>
            <summary lang={v.language}>{v.t('call.conditions-full')}</summary>
            <MarkedText text={s.text} marks={s.marks} />
          </details>
        ))}
      </div>
    </>
  );
}
