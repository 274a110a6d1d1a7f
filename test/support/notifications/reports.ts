import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, 'reports');

/** Returns a server's bounce of this message to its recipient; `name` is a file of `reports`. */
export const report = (
  name: string,
  { messageId, address }: { messageId: string; address: string },
): Buffer =>
  Buffer.from(
    readFileSync(join(FOLDER, `${name}.eml`), 'utf8')
      .replaceAll('{{ADDRESS}}', address)
      .replaceAll('{{MESSAGE_ID}}', messageId)
      .replace(/\r?\n/g, '\r\n'),
  );
