/** The state of an outbox entry: waiting, being sent, accepted by the other side, or given up. */
export type DeliveryState = 'pending' | 'sending' | 'sent' | 'failed';
