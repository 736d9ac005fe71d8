import { useState } from 'react';
import type { InvestorSeries } from '../../../core/protocol/link.ts';
import { useAsk } from '../../link/use-ask.ts';
import { utcTime } from '../../parts/times.ts';
import { DayChart } from './day-chart.tsx';
import { DayDialog } from './day-dialog.tsx';
import { HeadFigures } from './head-figures.tsx';
import './investors-screen.css';

const ASK_EVERY_MS = 1_000;

/** What the money is doing: from the ledger and the meter, moving as packets arrive, each point open to its entries. */
export function InvestorsScreen() {
  const { answer, problem } = useAsk('investor.series', {}, ASK_EVERY_MS);
  const [day, setDay] = useState<string | null>(null);
  return (
    <div className="investors">
      {answer === undefined ? (
        <p className="muted">{problem === null ? 'Adding up…' : `Waiting: ${problem}.`}</p>
      ) : (
        <Facility series={answer} problem={problem} onDay={setDay} />
      )}
      {day !== null && <DayDialog day={day} onClose={() => setDay(null)} />}
    </div>
  );
}

interface FacilityProps {
  readonly series: InvestorSeries;
  readonly problem: string | null;
  readonly onDay: (day: string) => void;
}

function Facility({ series, problem, onDay }: FacilityProps) {
  return (
    <>
      <div className="investors__head">
        <h1>{series.facility}</h1>
        <span className="muted small">
          as of {utcTime(series.asOfMs)} UTC{problem === null ? '' : `, last known: ${problem}`}
        </span>
      </div>
      <HeadFigures series={series} />
      <div className="investors__charts">
        <DayChart series={series} measure="revenue" onDay={onDay} />
        <DayChart series={series} measure="miles" onDay={onDay} />
      </div>
    </>
  );
}
