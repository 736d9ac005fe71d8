import { memo } from 'react';
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  LabelList,
  type LabelProps,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatPence, formatTenths } from '../../parts/formats.ts';
import { dayWords, shortDay } from '../../parts/times.ts';
import type { ChartPoint, Measure } from './chart-points.ts';

/** Bars from zero, the open day hatched, what was expected as a dashed line. A bar opens the entries behind it. */
export const DayBars = memo(function DayBars({ points, measure, onDay }: DayBarsProps) {
  const colour = measure === 'revenue' ? 'var(--revenue)' : 'var(--miles)';
  const hatch = `hatch-${measure}`;
  const open = (data: { payload?: ChartPoint }): void => {
    if (data.payload !== undefined) onDay(data.payload.day);
  };
  const bar = {
    stackId: 'actual',
    maxBarSize: 48,
    isAnimationActive: false,
    cursor: 'pointer',
    onClick: open,
  };
  return (
    <div className="day-chart__plot">
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart
          data={points}
          margin={{ top: 12, right: 88, bottom: 0, left: 4 }}
          accessibilityLayer={false}
        >
          <Hatch id={hatch} colour={colour} />
          <CartesianGrid vertical={false} stroke="var(--border)" />
          <XAxis dataKey="day" tickFormatter={shortDay} stroke="var(--edge)" minTickGap={16} {...ticks} />
          <YAxis
            width={64}
            domain={[0, 'auto']}
            tickFormatter={(value: number) => axisWords(value, measure)}
            axisLine={false}
            {...ticks}
          />
          <Tooltip
            cursor={false}
            content={measure === 'revenue' ? RevenueTip : MilesTip}
            isAnimationActive={false}
          />
          <Bar dataKey="closed" fill={colour} {...bar} />
          <Bar dataKey="open" fill={`url(#${hatch})`} stroke={colour} strokeWidth={1.5} {...bar} />
          <Line
            dataKey="expected"
            type="linear"
            stroke="var(--text)"
            strokeWidth={1.5}
            strokeDasharray="5 4"
            dot={ExpectedMark}
            activeDot={false}
            connectNulls={false}
            isAnimationActive={false}
          />
          <Line dataKey={openLabelHeight} {...unseen}>
            <LabelList dataKey="open" content={measure === 'revenue' ? RevenueLabel : MilesLabel} />
          </Line>
          <Line dataKey={expectedLabelHeight} {...unseen}>
            <LabelList dataKey={expectedLabelHeight} content={ExpectedLabel} />
          </Line>
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
});

/** Stripes for what is provisional: a difference that survives a grey print. */
function Hatch({ id, colour }: { readonly id: string; readonly colour: string }) {
  return (
    <defs>
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" fill={colour} opacity="0.25" />
        <rect width="2.5" height="6" fill={colour} />
      </pattern>
    </defs>
  );
}

interface DayBarsProps {
  readonly points: ChartPoint[];
  readonly measure: Measure;
  readonly onDay: (day: string) => void;
}

/** The open day's number stands beside its bar, out of the way of what was expected. */
function openLabelHeight({ open, expected }: ChartPoint): number | null {
  if (open === null || expected === null) return open;
  const apart = expected * LABELS_APART;
  if (Math.abs(open - expected) >= apart) return open;
  return open > expected ? expected + apart : expected - apart;
}

/** The expected line is named at its end, on the open day. */
function expectedLabelHeight({ open, expected }: ChartPoint): number | null {
  return open === null ? null : expected;
}

function OpenLabel({ label, measure }: { readonly label: LabelProps; readonly measure: Measure }) {
  const { x, y, value } = label;
  if (typeof value !== 'number') return null;
  return (
    <text className="day-chart__label" x={Number(x) + BESIDE_BAR_PIXELS} y={Number(y)} dy="0.35em">
      {valueWords(value, measure)}
    </text>
  );
}

function ExpectedLabel({ x, y, value }: LabelProps) {
  if (typeof value !== 'number') return null;
  return (
    <text
      className="day-chart__label is-expected"
      x={Number(x) + BESIDE_BAR_PIXELS}
      y={Number(y)}
      dy="0.35em"
    >
      expected
    </text>
  );
}

/** A dash across the day, so that a day between two gaps shows its expectation too. */
function ExpectedMark({ cx, cy, value }: { cx?: number; cy?: number; value?: unknown }) {
  if (cx === undefined || cy === undefined || typeof value !== 'number') return null;
  return <path d={`M${cx - MARK_PIXELS} ${cy}h${2 * MARK_PIXELS}`} stroke="var(--text)" strokeWidth={2} />;
}

/** As a share of what was expected: about a line of text. */
const LABELS_APART = 0.11;
const MARK_PIXELS = 7;
const BESIDE_BAR_PIXELS = 28;
/** Lines that only carry a label. */
const unseen = { stroke: 'none', dot: false, activeDot: false, isAnimationActive: false } as const;
const ticks = { tickLine: false, tick: { fill: 'var(--muted)', fontSize: 12 } };

interface TipProps {
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: ChartPoint }[];
}

/** The chart makes these itself, so each measure has its own: a component made while drawing would be a new one each time. */
const RevenueTip = (tip: TipProps) => <DayTip tip={tip} measure="revenue" />;
const MilesTip = (tip: TipProps) => <DayTip tip={tip} measure="miles" />;
const RevenueLabel = (label: LabelProps) => <OpenLabel label={label} measure="revenue" />;
const MilesLabel = (label: LabelProps) => <OpenLabel label={label} measure="miles" />;

function DayTip({ tip, measure }: { readonly tip: TipProps; readonly measure: Measure }) {
  const point = tip.payload?.[0]?.payload;
  if (tip.active !== true || point === undefined) return null;
  const actual = point.open ?? point.closed;
  return (
    <div className="day-tip">
      <b>{dayWords(point.day)}</b>
      <span>
        {actual === null
          ? 'no data'
          : `${valueWords(actual, measure)}${point.open === null ? '' : ', provisional'}`}
      </span>
      {point.expected !== null && (
        <span className="muted">expected {valueWords(point.expected, measure)}</span>
      )}
    </div>
  );
}

function valueWords(value: number, measure: Measure): string {
  return measure === 'revenue'
    ? formatPence(Math.round(value * 100))
    : formatTenths(Math.round(value * 10), 'mi');
}

function axisWords(value: number, measure: Measure): string {
  const number = value.toLocaleString('en-GB');
  return measure === 'revenue' ? `£${number}` : number;
}
