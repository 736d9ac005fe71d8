import type { InvestorDay } from '../../../core/protocol/link.ts';
import { formatCount, formatPence, formatTenths } from '../../parts/formats.ts';
import { dayWords } from '../../parts/times.ts';
import type { Measure } from './chart-points.ts';

/** The numbers of a chart, newest first; a day opens the entries behind it. */
export function DayTable({ days, measure, onDay }: DayTableProps) {
  return (
    <div className="day-chart__plot day-chart__table">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Standing</th>
            <th scope="col" className="number">
              Vehicles
            </th>
            <th scope="col" className="number">
              Actual
            </th>
            <th scope="col" className="number">
              Expected
            </th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map((day) => (
            <tr key={day.day}>
              <td>
                <button type="button" className="link-button" onClick={() => onDay(day.day)}>
                  {dayWords(day.day)}
                </button>
              </td>
              <td>{day.isOpen ? 'provisional' : 'closed'}</td>
              <td className="number">{formatCount(day.vehicles)}</td>
              <td className="number">
                {measure === 'revenue' ? formatPence(day.revenuePence) : formatTenths(day.milesTenths, 'mi')}
              </td>
              <td className="number muted">
                {measure === 'revenue'
                  ? formatPence(day.expectedRevenuePence)
                  : formatTenths(day.expectedMilesTenths, 'mi')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface DayTableProps {
  readonly days: readonly InvestorDay[];
  readonly measure: Measure;
  readonly onDay: (day: string) => void;
}
