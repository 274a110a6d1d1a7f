import type { Language } from '../../kernel/language.js';
import { ownAddress } from '../../kernel/web-address.js';
import { P, SMALL, TextLink } from '../../outbox/domain/index.js';

const LABEL: Record<Language, string> = {
  en: 'Choose which of these e-mails you get',
  fr: 'Choisir ces e-mails',
};

/** Where somebody chooses which mails of the pipeline they get, at the end of each. */
export const settingsText = (language: Language, settings: string): string =>
  `${LABEL[language]}\n${ownAddress(settings)}`;

export const SettingsLine = ({ language, settings }: { language: Language; settings: string }) => (
  <P style={`margin:16px 0 0 0;${SMALL}`}>
    <TextLink label={LABEL[language]} url={ownAddress(settings)} />
  </P>
);
