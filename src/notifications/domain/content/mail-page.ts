import type { Language } from '../../../kernel/language.js';
import { html, type Html } from '../../../outbox/domain/index.js';

/**
 * Mail programs drop style sheets, so every style stands on its element, and Outlook, which draws with Word, lays out by tables alone.
 * The sheet below only adds what those who read it can do more: darkness, and narrow screens. No mail compiler makes this: the only
 * one that is well kept (MJML) would bring two hundred packages for what is one table.
 */
const SHEET = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
a { overflow-wrap: anywhere; }
@media (max-width: 480px) {
  .s { padding-left: 16px !important; padding-right: 16px !important; }
  .f th, .f td { display: block !important; width: auto !important; padding: 0 !important; }
  .f td { padding-bottom: 6px !important; }
}
@media (prefers-color-scheme: dark) {
  .bg { background: #11171a !important; }
  .s { background: #1a2226 !important; border-color: #36434a !important; color: #e8eef0 !important; }
  .h { background: #0b5c6b !important; color: #ffffff !important; }
  .w { background: #8a1c1c !important; color: #ffffff !important; }
  .g { background: #12363d !important; color: #e8eef0 !important; }
  .m { color: #a9b8be !important; }
  .a { color: #7fd1de !important; }
  .k { background: #5a4a0d !important; color: #ffffff !important; }
  .q { border-color: #7f9098 !important; color: #e8eef0 !important; }
  .del { color: #ffa8a1 !important; }
  .ins { color: #85d6a3 !important; }
}
`;

/** Word takes no font from outside of a table. */
const OUTLOOK = `<!--[if mso]><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml>
<style>table, td, th, p, h1, h2, h3, li, a { font-family: Arial, sans-serif !important; mso-line-height-rule: exactly; }</style><![endif]-->`;

const HIDDEN = 'display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px;';

export interface MailPage {
  language: Language;
  title: string;
  /** What a mail program shows behind the subject. */
  preheader: string;
  /** Rows of a table of one column. */
  rows: Html[];
}

/** A mail of one column of at most 640 pixels, nothing loaded from outside, readable by a screen reader. */
export function mailPage({ language, title, preheader, rows }: MailPage): string {
  const page = html`<html lang="${language}" xmlns="http://www.w3.org/1999/xhtml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${title}</title>
`;
  const body = html`<body class="bg" style="margin:0;padding:0;background:#eef2f3;-webkit-text-size-adjust:100%;">
<div style="${HIDDEN}">${preheader}</div>
<table role="presentation" class="bg" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#eef2f3"><tr><td align="center" style="padding:16px 0;">
<!--[if mso]><table role="presentation" width="640" align="center" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:640px;text-align:left;">
${rows}</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body>
</html>
`;
  return `<!DOCTYPE html>\n${page.markup}<style>${SHEET}</style>\n${OUTLOOK}\n</head>\n${body.markup}`;
}
