import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../base/calendar.ts';
import { allDays, dayAt, dayIndex, newVehicleDays, tenthsOn } from './vehicle-days.ts';

test('property: columns of days tell what a map of them would', () => {
  const touched = fc.record({
    contract: fc.nat(3),
    after: fc.integer({ min: -400, max: 400 }),
    tenths: fc.integer({ min: -9_000, max: 20_000 }),
  });
  fc.assert(
    fc.property(fc.array(touched, { maxLength: 120 }), (all) => {
      const days = newVehicleDays();
      const byKey = new Map<string, { contract: number; day: string; tenths: number }>();
      for (const { contract, after, tenths } of all) {
        const day = addDays('2026-03-01', after);
        const index = dayIndex(days, contract, day);
        days.tenths[index] = tenths;
        byKey.set(`${contract} ${day}`, { contract, day, tenths });
        expect(dayAt(days, index)).toEqual({ contract, day, tenths });
        expect(dayIndex(days, contract, day)).toBe(index);
        expect(tenthsOn(days, contract, day)).toBe(tenths);
      }
      expect(allDays(days)).toEqual([...byKey.values()]);
      expect(tenthsOn(days, 4, '2026-03-01')).toBe(0);
    }),
  );
});
