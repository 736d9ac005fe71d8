import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { InvestorSeries } from '../../../core/protocol/link.ts';
import { type ChartPoint, chartPoints, chartSentence, type Measure } from './chart-points.ts';
import { DayBars } from './day-bars.tsx';
import { DayTable } from './day-table.tsx';

const titles: Readonly<Record<Measure, string>> = { revenue: 'Revenue a day', miles: 'Miles a day' };

/** One measure day by day, as a picture or as a table, with a sentence that says the same. */
export function DayChart({ series, measure, onDay }: DayChartProps) {
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const points = usePoints(series, measure);
  const title = titles[measure];
  return (
    <section className="day-chart" aria-label={title}>
      <div className="day-chart__head">
        <h2>{title}</h2>
        <div className="day-chart__key small" aria-hidden="true">
          <span className={`key-swatch key-swatch--${measure}`} /> actual
          <span className={`key-swatch key-swatch--${measure} key-swatch--open`} /> provisional
          <span className="key-line" /> expected
        </div>
        <SegmentedControl
          size="xs"
          aria-label={`${title}: chart or table`}
          data={[
            { value: 'chart', label: 'Chart' },
            { value: 'table', label: 'Table' },
          ]}
          value={view}
          onChange={setView}
        />
      </div>
      {points.length === 0 ? (
        <p className="day-chart__plot muted">No day has been metered yet.</p>
      ) : view === 'chart' ? (
        <DayBars points={points} measure={measure} onDay={onDay} />
      ) : (
        <DayTable days={series.days} measure={measure} onDay={onDay} />
      )}
      {points.length > 0 && (
        <p className="muted small day-chart__sentence">{chartSentence(series, measure)}</p>
      )}
    </section>
  );
}

interface DayChartProps {
  readonly series: InvestorSeries;
  readonly measure: Measure;
  readonly onDay: (day: string) => void;
}

/** The same points while the numbers are the same: the chart redraws only when one of them moved. */
function usePoints(series: InvestorSeries, measure: Measure): ChartPoint[] {
  const text = JSON.stringify(chartPoints(series.days, measure));
  return useMemo(() => JSON.parse(text) as ChartPoint[], [text]);
}
