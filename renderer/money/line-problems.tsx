import type { LineProblem } from '../../core/protocol/money-asks.ts';
import { formatCount, formatCounted } from '../parts/formats.ts';

const SHOWN_MAX = 500;

/** Everything that is wrong with a file, by its line. */
export function LineProblems({ problems }: { readonly problems: readonly LineProblem[] }) {
  return (
    <section aria-label="Problems">
      <p className="decision__problem" role="alert">
        {formatCounted(problems.length, 'problem')}. Nothing was taken.
        {problems.length > SHOWN_MAX && ` The first ${SHOWN_MAX} are shown.`}
      </p>
      <div className="money-scroll">
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
                <td className="money-any">{problem}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
