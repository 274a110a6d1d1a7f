import type { ComponentChildren } from 'preact';
import { markedParagraphs } from '../../domain/page/marking.js';
import { MarkedLine } from './marked-text.js';
import type { CallModel } from './model.js';

export const Fact = ({ label, children }: { label: string; children: ComponentChildren }) => (
  <>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </>
);

/** A heading of the call with its matches marked. */
export function Marked({
  model: { call, reasons },
  field,
  text,
}: {
  model: CallModel;
  field: string;
  text: string;
}) {
  return (
    <span lang={call.language}>
      {markedParagraphs(text, reasons?.marks.get(field) ?? []).map((line, i) => (
        <MarkedLine key={i} line={line} />
      ))}
    </span>
  );
}
