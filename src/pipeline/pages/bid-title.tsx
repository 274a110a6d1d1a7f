import type { OpportunityView } from '../api/opportunity-views.js';

/** What a bid is called: its acronym, if it has one, and the title of its call. */
export const BidTitle = ({ opportunity: { acronym, call } }: { opportunity: OpportunityView }) => (
  <>
    {acronym !== null && <>{acronym} · </>}
    <span lang={call.language}>{call.title}</span>
  </>
);
