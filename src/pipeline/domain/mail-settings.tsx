import type { Language } from '../../kernel/language.js';
import { ownAddress } from '../../kernel/web-address.js';
import { translateTo } from '../../i18n/translate.js';
import { P, SMALL, TextLink } from '../../outbox/domain/mail-parts.js';

const labelIn = (language: Language): string => translateTo(language)('mail.pipeline-settings');

/** The link at the end of each pipeline e-mail to the settings for these e-mails. */
export const settingsText = (language: Language, settings: string): string =>
  `${labelIn(language)}\n${ownAddress(settings)}`;

export const SettingsLine = ({ language, settings }: { language: Language; settings: string }) => (
  <P style={`margin:16px 0 0 0;${SMALL}`}>
    <TextLink label={labelIn(language)} url={ownAddress(settings)} />
  </P>
);
