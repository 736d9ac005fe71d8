import './line-problems.css';
import { formatCount, formatCounted } from './formats.ts';

const SHOWN_MAX = 500;

interface LineProblemsProps {
  readonly problems: readonly {
    readonly line: number;
    readonly field: string;
    readonly problem: string;
  }[];
  /** What became of the file. */
  readonly outcome?: string;
}

/** Everything that is wrong with a file, by its line. */
export function LineProblems({ problems, outcome = 'Nothing was taken.' }: LineProblemsProps) {
  return (
    <section aria-label="Problems">
      <p className="decision__problem" role="alert">
        {formatCounted(problems.length, 'problem')}. {outcome}
        {problems.length > SHOWN_MAX && ` The first ${SHOWN_MAX} are shown.`}
      </p>
      <div className="line-problems">
        <table className="data-table" aria-label="Problems by line">
          <thead>
            <tr>
              <th scope="col" className="number">
                Line
              </th>
              <th scope="col">Field</th>
              <th scope="col">Problem</th>
            </tr>
          </thead>
          <tbody>
            {problems.slice(0, SHOWN_MAX).map(({ line, field, problem }) => (
              <tr key={`${line} ${field} ${problem}`}>
                <td className="number">{formatCount(line)}</td>
                <td>{field}</td>
                <td className="line-problems__any">{problem}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
