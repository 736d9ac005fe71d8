import type { Book } from '../../core/protocol/book.ts';
import { dayPence, staysOf } from './expected-charge.ts';
import { wholeTenthsInMm } from './tenths-of-mile.ts';
import type { Truth, TruthDay } from './truth-shapes.ts';

/** The truth with what every whole day under a contract costs, worked out from the true odometers and the book alone. */
export function withCharges(truth: Truth, book: Book): Truth {
  const vehicles = truth.vehicles.map((vehicle) => {
    const stays = staysOf(book, vehicle.vehicle);
    const charged = (day: TruthDay): TruthDay => {
      const fromMs = Math.max(day.fromMs, truth.openingMs);
      const toMs = Math.min(day.toMs, truth.endedMs);
      const stay = stays.find((each) => each.fromMs <= fromMs && each.toMs >= toMs);
      if (stay === undefined) return day;
      const { id, unit } = stay.contract;
      const tenths =
        wholeTenthsInMm(day.odometerMm, unit) - wholeTenthsInMm(day.odometerMm - day.drivenMm, unit);
      return {
        ...day,
        charge: { contract: id, tenths, unit, pence: dayPence(stay.contract, day.day, tenths) },
      };
    };
    return { ...vehicle, days: vehicle.days.map(charged) };
  });
  return { ...truth, vehicles };
}
