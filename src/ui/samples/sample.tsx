import type { ComponentChildren } from 'preact';

/** A component or element in its states, under its name in the code. */
export const Sample = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <section class="sample" data-sample={name}>
    <h3>
      <code>{name}</code>
    </h3>
    <div class="row">{children}</div>
  </section>
);
