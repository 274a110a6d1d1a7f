/** Injection tokens for the ports and the configuration. */
export const ENVIRONMENT = Symbol('environment');
export const SETTINGS = Symbol('settings');
export const CLOCK = Symbol('clock');
export const APP_VERSION = Symbol('version');
export const FETCHER = Symbol('fetcher');
/** The gate for deliveries: it also reaches origins in WEBHOOK_TRUSTED_ORIGINS, and follows no redirects. */
export const DELIVERY_FETCHER = Symbol('delivery fetcher');
export const QUEUE_DRIVER = Symbol('queue driver');
export const MAILER = Symbol('mailer');
/** The operator's own embedding model (ExternalEmbedder); null for the built-in one. */
export const EMBEDDER = Symbol('embedder');
/** The names of the enabled sources, by id. */
export const SOURCE_NAMES = Symbol('source names');
/** The names of the channels (Message), by id. */
export const CHANNEL_NAMES = Symbol('channel names');
/** What HEARTBEAT_URL names (HeartbeatAddress); null if it is not set. */
export const HEARTBEAT = Symbol('heartbeat');
/** What matching learned, with the terminology it was trained with (MatchingModel). */
export const MATCHING_MODEL = Symbol('matching model');
/** The warnings for a profile that is saved (ProfileWarnings). */
export const PROFILE_WARNINGS = Symbol('profile warnings');
