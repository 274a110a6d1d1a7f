import { randomUUID } from 'node:crypto';
import {
  mailLinkToken,
  readMailLink,
  readSettingsToken,
  settingsToken,
  settingsTokenState,
} from '../../../src/notifications/domain/content/mail-link.js';

describe('a link to "my messages"', () => {
  it("is nobody's where the key of its reader cannot be read: everybody could sign with an empty one", () => {
    const [now, owner] = [new Date(), { id: randomUUID(), linkKey: '' }];
    expect(settingsTokenState(readSettingsToken(settingsToken(owner, now))!, owner, now)).toBe('wrong');
  });

  it('is none where the id in it is none, which the database would not look for', () => {
    const mac = 'a'.repeat(43);
    expect(readSettingsToken(`${randomUUID()}.zzzzzz.${mac}`)).not.toBeNull();
    expect(readSettingsToken(`${'-'.repeat(36)}.zzzzzz.${mac}`)).toBeNull();
  });
});

describe('a link that decides', () => {
  it('is for as many calls as the largest digest may have', () => {
    const items = Array.from({ length: 200 }, (_, i) => i);
    const token = mailLinkToken(randomUUID(), { verdict: 'relevant', items }, 'key', new Date());
    expect(readMailLink(token)?.use).toEqual({ verdict: 'relevant', items });
  });
});
