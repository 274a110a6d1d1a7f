import { CarnotError } from '../../../kernel/errors.js';
import { defineChannel } from '../../domain/delivery/channel.js';
import { addressGone } from '../../../kernel/mail-refusal.js';
import { WEB_WAITS } from '../../../outbox/domain/tries.js';
import { post, type Refusal } from '../_kit/post.js';
import { WebAddress } from '../_kit/web-address.js';
import { renderTeams } from './render-teams.js';
import { TEXTS } from './texts.js';

/** 4xx statuses that are temporary: request timeout, too early, too many requests. */
const NOT_NOW = [408, 425, 429];

/** 404: the workflow was deleted. Another 4xx concerns this card; the rest is trouble on their side. */
function judge({ status, words, retryAfterMs }: Refusal): CarnotError {
  if (status === 404) return addressGone(words);
  const never = status >= 400 && status <= 499 && !NOT_NOW.includes(status);
  return new CarnotError(
    'TeamsRefused',
    words,
    never ? 'never' : 'later',
    retryAfterMs === undefined ? {} : { retryAfterMs },
  );
}

/** Microsoft Teams, through a workflow of a chat or channel: "when a Teams webhook request is received". */
export const channel = defineChannel({
  id: 'teams',
  name: TEXTS.name,
  offer: { way: TEXTS.way, found: TEXTS.found },
  address: WebAddress,
  signs: false,
  frequency: 'weekly',
  waits: WEB_WAITS,
  render: renderTeams,
  send: (outgoing, { fetcher }) => post(outgoing, {}, fetcher, judge),
});
