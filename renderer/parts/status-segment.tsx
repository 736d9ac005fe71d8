import { Popover, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';

/** A line of what stands behind a number. */
export type Fact = readonly [label: string, value: string];

/** A number in the status bar, with its name above it; pressed, it shows what is behind it. */
export function StatusSegment({ label, value, facts }: StatusSegmentProps) {
  return (
    <Popover position="top-start" withinPortal shadow="md" trapFocus>
      <Popover.Target>
        <UnstyledButton className="status-segment">
          <span className="status-segment__label">{label}</span>
          <span className="status-segment__value live">{value}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <dl className="fact-list">
          {facts.map(([name, words]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
      </Popover.Dropdown>
    </Popover>
  );
}

interface StatusSegmentProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly facts: readonly Fact[];
}
