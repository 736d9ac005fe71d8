import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RatedPeriod, VehicleUsage } from '../../core/protocol/document.ts';
import { fullDay } from '../parts/times.ts';
import { ChargeDialog } from '../screens/charge/charge-dialog.tsx';
import { dayInPeriod, lastDayOf } from './day-fields.ts';

/** "Why this charge?" for a vehicle and any day of a period; it begins with the last day. */
export function PeriodCharge({ usage, rated, onClose }: PeriodChargeProps) {
  const [typed, setTyped] = useState(lastDayOf(rated));
  const day = dayInPeriod(typed, rated);
  return (
    <ChargeDialog
      vehicle={usage.vehicle}
      registration={usage.registration}
      day={day ?? lastDayOf(rated)}
      onClose={onClose}
    >
      <TextInput
        className="money-filter"
        size="xs"
        label={`Day, ${fullDay(rated.startDay)} to ${fullDay(lastDayOf(rated))}`}
        placeholder="2026-03-31"
        value={typed}
        error={day === null ? 'Give a day of the period, like 2026-03-31' : undefined}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </ChargeDialog>
  );
}

interface PeriodChargeProps {
  readonly usage: VehicleUsage;
  readonly rated: RatedPeriod;
  readonly onClose: () => void;
}
