import type { Viewer } from '../viewer.js';
import { ComponentSamples } from './component-samples.js';
import { ElementSamples } from './element-samples.js';

/** Side by side, so that neither is forgotten. How it prints is seen by printing it. */
const LOOKS = ['light', 'dark'] as const;

/** All that pages are made of: the components that they share, and what the style sheet makes of elements. */
export const SamplesPage = ({ v }: { v: Viewer }) => (
  <>
    <h1 id="components">{v.t('samples.title')}</h1>
    <p class="muted">{v.t('samples.lead')}</p>
    <div class="samples">
      {LOOKS.map((look) => (
        <section key={look} class={look} aria-label={look}>
          <h2>
            <code>{look}</code>
          </h2>
          <ComponentSamples v={v} at={look} />
          <ElementSamples at={look} />
        </section>
      ))}
    </div>
  </>
);
