import { plainView, type TrackerView } from '../trackers/tracker.ts';
import { aVehicleState } from './a-vehicle-state.ts';

/** What a tracker that is never wrong sees of that vehicle, changed where a test says so. */
export function aTrackerView(change: Partial<TrackerView> = {}): TrackerView {
  return { ...plainView(aVehicleState(change)), ...change };
}
