/**
 * Where something in the outbox stands: it waits, is being sent, was accepted by the other side, or is given
 * up.
 */
export type DeliveryState = 'pending' | 'sending' | 'sent' | 'failed';
