import type { Viewer } from '../../ui/viewer.js';

export const whyPath = (profileId: string): string => `/institutes/${profileId}/why`;
export const testPath = (profileId: string): string => `/institutes/${profileId}/profile/test`;

/** Links to both pages that explain why a call was not sent, for people who miss one. */
export const WhyLinks = ({ v, profileId }: { v: Viewer; profileId: string }) => (
  <p class="why-links row small no-print">
    <span class="muted">{v.t('why.missing')}</span>
    <a href={whyPath(profileId)}>{v.t('why.link')}</a>
    <a href={testPath(profileId)}>{v.t('test.link')}</a>
  </p>
);
