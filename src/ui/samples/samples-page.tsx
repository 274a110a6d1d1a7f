import type { Viewer } from '../viewer.js';
import { ComponentSamples } from './component-samples.js';
import { ElementSamples } from './element-samples.js';

/** Both side by side, so that neither is forgotten. To check the print style, print the page. */
const LOOKS = ['light', 'dark'] as const;

/** The page of all shared components and styled elements. */
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
