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
          margin={{ top: 26, right: 12, bottom: 0, left: 4 }}
          accessibilityLayer={false}
        >
          <Hatch id={hatch} colour={colour} />
          <CartesianGrid vertical={false} stroke="var(--border)" />
          <XAxis
            dataKey="day"
            tickFormatter={shortDay}
            tickLine={false}
            stroke="var(--edge)"
            tick={tickStyle}
            minTickGap={16}
          />
          <YAxis
            width={64}
            domain={[0, 'auto']}
            tickFormatter={(value: number) => axisWords(value, measure)}
            tickLine={false}
            axisLine={false}
            tick={tickStyle}
          />
          <Tooltip
            cursor={{ fill: 'var(--hover)' }}
            content={measure === 'revenue' ? RevenueTip : MilesTip}
            isAnimationActive={false}
          />
          <Bar dataKey="closed" fill={colour} {...bar} />
          <Bar dataKey="open" fill={`url(#${hatch})`} stroke={colour} strokeWidth={1.5} {...bar}>
            <LabelList dataKey="open" content={measure === 'revenue' ? RevenueLabel : MilesLabel} />
          </Bar>
          <Line
            dataKey="expected"
            type="linear"
            stroke="var(--text)"
            strokeWidth={1.5}
            strokeDasharray="5 4"
            dot={{ r: 2.5, fill: 'var(--text)', strokeWidth: 0, strokeDasharray: '' }}
            activeDot={false}
            connectNulls={false}
            isAnimationActive={false}
          />
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

/** The open day's number over its bar, on a ground of its own so that the expected line does not cross it out. */
function OpenLabel({ label, measure }: { readonly label: LabelProps; readonly measure: Measure }) {
  const { x, y, width, value } = label;
  if (typeof value !== 'number') return null;
  return (
    <text className="day-chart__label" x={Number(x) + Number(width)} y={Number(y) - 8} textAnchor="end">
      {valueWords(value, measure)}
    </text>
  );
}

const tickStyle = { fill: 'var(--muted)', fontSize: 12 };

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
