/** How mails look. Programs that show them read no style sheet: it stands on each element. */
export const FONT = 'font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5;color:#1a1a1a;';
export const BUTTON =
  'display:inline-block;background:#0b5c6b;color:#ffffff;padding:10px 18px;border-radius:6px;text-decoration:none;font-weight:bold;';
