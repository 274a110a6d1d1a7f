import { CarnotError } from '../../../kernel/errors.js';
import { defineChannel, type Outgoing, type Outside } from '../../domain/delivery/channel.js';
import { WEB_WAITS } from '../../../outbox/domain/tries.js';
import { post, type Refusal } from '../_kit/post.js';
import { WebAddress } from '../_kit/web-address.js';
import { renderWebhook, signedHeaders } from './render-webhook.js';
import { TEXTS } from './texts.js';
import { WebhookDocument } from './webhook-document.js';

/** The receiver may be down for repair: every refusal except 410 is retried, as Standard Webhooks says. */
const judge = ({ words, retryAfterMs }: Refusal): CarnotError =>
  new CarnotError('WebhookRefused', words, 'later', retryAfterMs === undefined ? {} : { retryAfterMs });

function send(outgoing: Outgoing, { fetcher, clock }: Outside): Promise<{ where: string }> {
  const { id, secrets, rendered } = outgoing;
  // Unsigned, it would be refused, or trusted without proof.
  if (!secrets.length)
    return Promise.reject(new CarnotError('WebhookUnsigned', 'there is no secret to sign with', 'never'));
  return post(
    outgoing,
    signedHeaders({ id, body: rendered.payload ?? '', secrets, at: clock.now() }),
    fetcher,
    judge,
  );
}

export const channel = defineChannel({
  id: 'webhook',
  name: TEXTS.name,
  offer: { way: TEXTS.way },
  address: WebAddress,
  signs: true,
  frequency: 'at-once',
  waits: WEB_WAITS,
  document: WebhookDocument,
  render: renderWebhook,
  send,
});
