import { Popover, UnstyledButton } from '@mantine/core';
import { formatCount } from '../../parts/formats.ts';
import { type SkewClass, skewClasses, skewSentence, skewShort } from './skew-words.ts';

const BAR_PIXELS = 9;
const GAP_PIXELS = 2;
const HEIGHT_PIXELS = 22;

/** The clocks of a feed's devices against ours: bars and a few words; pressed, the sentence and the classes. */
export function SkewCell({ feed, boundsMs, counts }: SkewCellProps) {
  const classes = skewClasses(boundsMs, counts);
  const words = skewShort(classes);
  if (classes.every(({ count }) => count === 0)) return <span className="muted small">{words}</span>;
  return (
    <Popover position="bottom" withinPortal shadow="md" width={380} trapFocus>
      <Popover.Target>
        <UnstyledButton
          className="skew-cell"
          aria-label={`Clock skew of ${feed}: ${words}. Show the classes`}
        >
          <SkewBars classes={classes} />
          <span className="small skew-cell__words live">{words}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={`Clock skew, ${feed}`}>
        <p className="small skew-cell__sentence">{skewSentence(classes)}</p>
        <SkewTable feed={feed} classes={classes} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface SkewCellProps {
  /** In words. */
  readonly feed: string;
  readonly boundsMs: readonly number[];
  readonly counts: readonly number[];
}

/** Bars from clocks ahead at the left to late at the right, one tall bar as large as the largest class. */
function SkewBars({ classes }: { readonly classes: readonly SkewClass[] }) {
  const largest = Math.max(1, ...classes.map(({ count }) => count));
  const width = classes.length * (BAR_PIXELS + GAP_PIXELS) - GAP_PIXELS;
  return (
    <svg
      className="skew-bars"
      viewBox={`0 0 ${width} ${HEIGHT_PIXELS}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className="skew-bars__floor" d={`M0 ${HEIGHT_PIXELS - 0.5}h${width}`} />
      {classes.map(({ words, group, count }, i) => (
        <rect
          key={words}
          className={`skew-bars__bar skew-bars__bar--${group}`}
          x={i * (BAR_PIXELS + GAP_PIXELS)}
          y={HEIGHT_PIXELS - barHeight(count, largest)}
          width={BAR_PIXELS}
          height={barHeight(count, largest)}
        />
      ))}
    </svg>
  );
}

/** A class with one reading among thousands is still seen. */
function barHeight(count: number, largest: number): number {
  return count === 0 ? 0 : Math.max(2, (count / largest) * HEIGHT_PIXELS);
}

function SkewTable({ feed, classes }: { readonly feed: string; readonly classes: readonly SkewClass[] }) {
  return (
    <table className="data-table skew-table" aria-label={`Clock skew, ${feed}`}>
      <thead>
        <tr>
          <th scope="col">Read, against received</th>
          <th scope="col" className="number">
            Readings
          </th>
        </tr>
      </thead>
      <tbody>
        {classes.map(({ words, count }) => (
          <tr key={words} className={count === 0 ? 'muted' : undefined}>
            <td>{words}</td>
            <td className="number">{formatCount(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
