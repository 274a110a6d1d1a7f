/** Names under which the ports and the configuration are injected. */
export const ENVIRONMENT = Symbol('environment');
export const SETTINGS = Symbol('settings');
export const CLOCK = Symbol('clock');
export const FETCHER = Symbol('fetcher');
/**
 * The gate for what is delivered: it speaks to the origins that WEBHOOK_TRUSTED_ORIGINS names, and follows
 * nothing.
 */
export const DELIVERY_FETCHER = Symbol('delivery fetcher');
export const QUEUE_DRIVER = Symbol('queue driver');
export const MAILER = Symbol('mailer');
/** The operator's own embedding model (ExternalEmbedder); null where the built-in one is used. */
export const EMBEDDER = Symbol('embedder');
/** The language model that reads calls (ReadingModel); null where none does. */
export const READER = Symbol('reader');
/** The names of the sources that are switched on, by id. */
export const SOURCE_NAMES = Symbol('source names');
/** The ticker that watches: one of its own, so that what it watches cannot hold it up. */
export const MONITORING_TICKER = Symbol('monitoring ticker');
/** The ticker that sends alarms: a mail server that hangs must not look like workers that are gone. */
export const ALARM_TICKER = Symbol('alarm ticker');
/** What matching learned, with the terminology in whose words it did (MatchingModel). */
export const MATCHING_MODEL = Symbol('matching model');
/** What there is to warn of in a profile that is saved (ProfileWarnings). */
export const PROFILE_WARNINGS = Symbol('profile warnings');
