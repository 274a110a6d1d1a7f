import type { ComponentChildren } from 'preact';
import type { Viewer } from '../../../ui/viewer.js';

const STEPS = ['start.step.who', 'start.step.what', 'start.step.matches'] as const;
export const startPath = (id: string): string => `/institutes/${id}/start`;

/** The steps of a start, and the current one. */
export function StartFrame({
  v,
  step,
  title,
  children,
}: {
  v: Viewer;
  step: 0 | 1 | 2;
  title: string;
  children: ComponentChildren;
}) {
  return (
    <>
      <ol class="steps" aria-label={v.t('start.steps')}>
        {STEPS.map((key, i) => (
          <li key={key} aria-current={i === step ? 'step' : undefined} class={i < step ? 'done' : undefined}>
            {v.t(key)}
          </li>
        ))}
      </ol>
      <h1>{title}</h1>
      {children}
    </>
  );
}
