import { scaleLinear } from 'd3-scale';

/** A line of a row: bars from one value to another, or words where there is no value to draw. */
export type Line = { look: 'main' | 'beside'; from: number; to: number }[] | string;
export interface BarRow {
  label: string;
  lines: Line[];
}
export interface BarsShown {
  id: string;
  title: string;
  /** Where the same numbers are to be read. */
  description: string;
  rows: BarRow[];
  /** A value to compare with, drawn across all rows. */
  mark?: number | undefined;
  written: (value: number) => string;
}

/** In pixels; widths are shares of the page's, so that letters keep their size on a telephone. */
const [WORDS, LINE, BAR, GAP, AXIS] = [17, 14, 11, 10, 20];
/** About so many values on the axis, and letters in a line: more of them do not fit on a telephone. */
const [TICKS, LETTERS] = [3, 40];

const percent = (value: number): string => `${Math.round(value * 100) / 100}%`;

/** SVG does not break lines by itself. */
const linesOf = (label: string): string[] =>
  label.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    return last !== undefined && last.length + word.length < LETTERS
      ? [...lines.slice(0, -1), `${last} ${word}`]
      : [...lines, word];
  }, []);

function ChartRow({
  label,
  lines,
  y,
  x,
}: {
  label: string[];
  lines: Line[];
  y: number;
  x: (value: number) => number;
}) {
  const top = y + label.length * WORDS;
  return (
    <g class="chart-row">
      {label.map((words, i) => (
        <text key={i} class="chart-label" x="0" y={y + (i + 1) * WORDS - 4}>
          {words}
        </text>
      ))}
      {lines.map((line, i) =>
        typeof line === 'string' ? (
          <text key={i} x="0" y={top + (i + 1) * LINE - 4}>
            {line}
          </text>
        ) : (
          line.map(({ look, from, to }) => (
            <rect
              key={look}
              class={`chart-${look}`}
              x={percent(x(from))}
              y={top + i * LINE}
              width={percent(x(to) - x(from))}
              height={BAR}
            />
          ))
        ),
      )}
    </g>
  );
}

/** Bars below the name of each row, on an axis that begins at zero: an SVG without script, which prints. */
export function BarChart({ id, title, description, rows, mark, written }: BarsShown) {
  const bars = rows.flatMap(({ lines }) => lines.flatMap((line) => (typeof line === 'string' ? [] : line)));
  const most = Math.max(0, mark ?? 0, ...bars.map((bar) => bar.to));
  if (most === 0) return null;
  const x = scaleLinear([0, most], [0, 100]).nice(TICKS);
  let bottom = 0;
  const placed = rows.map((row) => {
    const label = linesOf(row.label);
    const y = bottom;
    bottom += label.length * WORDS + row.lines.length * LINE + GAP;
    return { ...row, label, y };
  });
  return (
    <svg
      class="bar-chart"
      width="100%"
      height={bottom + AXIS}
      role="img"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-says`}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-says`}>{description}</desc>
      {x.ticks(TICKS).map((tick) => (
        <g key={tick}>
          <line class="chart-grid" x1={percent(x(tick))} x2={percent(x(tick))} y1="0" y2={bottom} />
          <text
            x={percent(x(tick))}
            y={bottom + AXIS - 5}
            text-anchor={tick === 0 ? 'start' : x(tick) > 90 ? 'end' : 'middle'}
          >
            {written(tick)}
          </text>
        </g>
      ))}
      {placed.map(({ label, lines, y }) => (
        <ChartRow key={y} label={label} lines={lines} y={y} x={x} />
      ))}
      {mark !== undefined && (
        <line class="chart-mark" x1={percent(x(mark))} x2={percent(x(mark))} y1="0" y2={bottom} />
      )}
    </svg>
  );
}
