import { Popover, UnstyledButton } from '@mantine/core';
import type { Alarm } from '../../core/protocol/link.ts';
import { useNowMs, useStatus } from '../link/core-context.tsx';
import { byUrgency, countByPriority, shapeOf } from './alarm-words.ts';
import { ageWords } from './times.ts';
import './alarm-strip.css';

/** One line, always there: the most urgent alarm and how many stand behind it; quiet when there is none. */
export function AlarmStrip() {
  const status = useStatus();
  const alarms = byUrgency(status?.alarms ?? []);
  const [first] = alarms;
  return (
    <header className="alarm-strip">
      <div className="alarm-strip__alarms" role="status" aria-label="Alarms">
        {first === undefined ? (
          <span className="muted">No alarms</span>
        ) : (
          <AlarmList first={first} alarms={alarms} />
        )}
      </div>
      {status?.isSimulated === true && <span className="simulated-mark">Simulated data</span>}
    </header>
  );
}

function AlarmList({ first, alarms }: { readonly first: Alarm; readonly alarms: readonly Alarm[] }) {
  const nowMs = useNowMs();
  return (
    <Popover position="bottom-start" withinPortal shadow="md" width={520}>
      <Popover.Target>
        <UnstyledButton className="alarm-strip__first" aria-label={`${alarms.length} alarms, show all`}>
          <PriorityMark alarm={first} />
          <span className="alarm-strip__words">{first.words}</span>
          <span className="muted">{ageWords(nowMs - first.raisedAtMs)}</span>
          {countByPriority(alarms).map(([priority, count]) => (
            <span key={priority} className={`alarm-mark alarm-mark--${priority}`}>
              {shapeOf[priority]} {count}
            </span>
          ))}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <ul className="alarm-list">
          {alarms.map((alarm) => (
            <li key={alarm.id}>
              <PriorityMark alarm={alarm} />
              <div>
                <div>
                  {alarm.words}
                  {alarm.count > 1 && <span className="muted"> ({alarm.count} times)</span>}
                </div>
                <div className="muted small">{alarm.response}</div>
                <div className="muted small">
                  raised {ageWords(nowMs - alarm.raisedAtMs)} ago, id {alarm.id}
                </div>
              </div>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}

function PriorityMark({ alarm }: { readonly alarm: Alarm }) {
  return (
    <span className={`alarm-mark alarm-mark--${alarm.priority}`}>
      {shapeOf[alarm.priority]} {alarm.priority}
    </span>
  );
}
