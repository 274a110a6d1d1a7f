import { messages } from '../../../i18n/message.js';

export const TEXTS = messages({
  name: { en: 'Slack', fr: 'Slack' },
  way: { en: 'in Slack', fr: 'dans Slack' },
  found: {
    en: 'At api.slack.com/apps: an app of yours > Incoming Webhooks > “Add New Webhook to Workspace”, and choose the channel.',
    fr: 'Sur api.slack.com/apps\u00a0: votre application > Incoming Webhooks > «\u00a0Add New Webhook to Workspace\u00a0», puis choisissez le canal.',
  },
});
