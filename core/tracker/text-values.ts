import type { ReadingDraft } from './reading.ts';
import {
  type Findings,
  isNoValue,
  type NumberRange,
  numberFrom,
  odometerFromText,
  RANGE_KM,
  shown,
} from './vendor-fields.ts';

/** Takes a value that is a topic's whole payload, as plain text, into the reading; true when it gave something. */
export type TakeText = (findings: Findings, reading: ReadingDraft, text: string) => boolean;

type NumberKey =
  | 'latitudeDegrees'
  | 'longitudeDegrees'
  | 'altitudeMetres'
  | 'headingDegrees'
  | 'speedKmh'
  | 'satellites'
  | 'hdop'
  | 'batteryPercent'
  | 'externalVolts';

type FlagKey = 'hasGnssFix' | 'isCharging' | 'isPlugged' | 'isIgnitionOn' | 'isLocked';

/** A number that is already in the reading's unit. */
export function numberAs(key: NumberKey, range: NumberRange): TakeText {
  return (findings, reading, text) => {
    const number = numberFrom(findings, text, range);
    if (number !== undefined) reading[key] = number;
    return number !== undefined;
  };
}

/** Kilometres that become whole metres. Never for an odometer, which passes through no double. */
export function kilometresAs(key: 'rangeMetres' | 'tripOdometerMetres', range = RANGE_KM): TakeText {
  return (findings, reading, text) => {
    const kilometres = numberFrom(findings, text, range);
    if (kilometres !== undefined) reading[key] = Math.round(kilometres * 1000);
    return kilometres !== undefined;
  };
}

/** The two words a feed has for true and false; any other is refused. */
export function flagAs(key: FlagKey, name: string, yes: string, no: string): TakeText {
  return (findings, reading, text) => {
    if (isNoValue(text)) return false;
    if (text === yes || text === no) reading[key] = text === yes;
    else findings.refuse('unexpected-shape', `${name} is ${shown(text)}, neither ${yes} nor ${no}`);
    return text === yes || text === no;
  };
}

/** The gear a feed's word stands for; any other word is refused. */
export function gearAs(name: string, gearByWord: ReadonlyMap<string, string>): TakeText {
  return (findings, reading, text) => {
    if (isNoValue(text)) return false;
    const gear = gearByWord.get(text);
    if (gear !== undefined) reading.gear = gear;
    else
      findings.refuse(
        'unexpected-shape',
        `${name} is ${shown(text)}, none of ${[...gearByWord.keys()].join(', ')}`,
      );
    return gear !== undefined;
  };
}

/** The vehicle's own odometer in kilometres, from its text. */
export const takeOdometerKm: TakeText = (findings, reading, text) => {
  const odometer = odometerFromText(findings, text, 'km', 'vehicle');
  if (odometer !== undefined) reading.odometer = odometer;
  return odometer !== undefined;
};
