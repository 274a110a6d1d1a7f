import type { ComponentChildren } from 'preact';

/** One component or kind of element in its states, under the name by which the code knows it. */
export const Sample = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <section class="sample" data-sample={name}>
    <h3>
      <code>{name}</code>
    </h3>
    <div class="row">{children}</div>
  </section>
);
