import { renderToString } from 'preact-render-to-string';
import type { Cell, ColumnHead, Table } from '../../kernel/table.js';
import type { Made } from '../download.js';
import { cellText } from '../../platform/sheets/csv-writer.js';
import { asset } from '../../ui/assets.js';
import { momentText } from '../../ui/dates.js';
import { translateTo } from '../../i18n/translate.js';
import type { Viewer } from '../../ui/viewer.js';
import { eachInTimeSlices } from '../../kernel/time-slices.js';

type Reads = Pick<Viewer, 'language' | 'now'>;

const isNumber = ({ kind }: ColumnHead): boolean => kind === 'number' || kind === 'amount';

function Shown({ table, cell, column }: { table: Table; cell: Cell; column: ColumnHead }) {
  const text = cellText(cell, column, table);
  return (
    <td class={isNumber(column) ? 'number' : `cell-${column.kind}`}>
      {column.kind === 'link' && text !== '' ? <a href={text}>{text}</a> : text}
    </td>
  );
}

/**
 * A page with only a table: for Excel's "From Web", and readable for anyone who opens the link in a browser.
 */
export async function feedPage(v: Reads, name: string, { table, total }: Made): Promise<string> {
  const t = translateTo(v.language);
  const rows = await eachInTimeSlices(table.rows, (row) =>
    renderToString(
      <tr>
        {row.map((cell, i) => (
          <Shown key={i} table={table} cell={cell} column={table.columns[i]!} />
        ))}
      </tr>,
    ),
  );
  return `<!doctype html>${renderToString(
    <html lang={v.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${name} · Carnot Europe`}</title>
        <link rel="icon" href={asset('install/favicon.svg')} type="image/svg+xml" />
        {['app.css', 'sheets.css'].map((name) => (
          <link key={name} rel="stylesheet" href={asset(name)} />
        ))}
      </head>
      <body>
        <main class="wide">
          <h1>{name}</h1>
          <p>
            {t('sheets.feed-caption', { n: table.rows.length, when: momentText(v, v.now) })}{' '}
            {total > table.rows.length && t('sheets.feed-cut', { shown: table.rows.length, total })}
          </p>
          <div class="scroll" tabIndex={0} role="region" aria-label={table.name}>
            <table class="feed">
              <thead>
                <tr>
                  {table.columns.map((c) => (
                    <th key={c.header} scope="col" class={isNumber(c) ? 'number' : undefined}>
                      {c.header}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody dangerouslySetInnerHTML={{ __html: rows.join('') }} />
            </table>
          </div>
        </main>
      </body>
    </html>,
  )}`;
}
