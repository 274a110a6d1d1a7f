import { channel } from '../../src/notifications/channels/teams/teams.channel.js';
import { chatSuite } from './chat-suite.js';

const CARD = JSON.stringify({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: { body: [{ type: 'TextBlock', text: 'one' }] },
    },
  ],
});
describe('the channel of Microsoft Teams', () => {
  chatSuite(channel, CARD);

  it('takes the addresses of workflows as Teams gives them', () => {
    for (const address of [
      'https://prod-12.westeurope.logic.azure.com:443/workflows/0123456789abcdef/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=a-b_c',
      'https://default0123.45.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/01/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=x',
    ])
      expect(channel.address.parse(address)).toBe(address.replace(':443', ''));
  });
});
