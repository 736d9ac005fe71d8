import { assert } from '../../core/base/assert.ts';

/** Beyond this the serial part of a VIN or an IMEI would be too long. */
export const FLEET_VEHICLES_MAX = 300_000;

const LETTERS = 'ABCDEFGHJKLMNOPRSTUVWXYZ';
/** Value of each VIN character and weight of each place in the check digit of ISO 3779 as North America uses it. */
const VIN_CHARACTERS = '0123456789ABCDEFGHJKLMNPRSTUVWXYZ';
const VIN_VALUES = '012345678912345678123457923456789';
const VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2] as const;
const YEAR_LETTERS = 'NPRS';

/** A vehicle identification number: maker's part, check digit, model year, plant, and a serial of six digits. */
export function vinOf(vinStart: string, index: number): string {
  assert(
    vinStart.length === 8 && index < FLEET_VEHICLES_MAX,
    'a VIN has eight characters before its check digit',
  );
  const year = YEAR_LETTERS[index % YEAR_LETTERS.length] ?? 'R';
  const end = `${year}C${100_000 + index}`;
  const unchecked = `${vinStart}0${end}`;
  const sum = VIN_WEIGHTS.reduce<number>(
    (total, weight, i) => total + weight * Number(VIN_VALUES[VIN_CHARACTERS.indexOf(unchecked.charAt(i))]),
    0,
  );
  const check = sum % 11 === 10 ? 'X' : String(sum % 11);
  return `${vinStart}${check}${end}`;
}

/** A tracker's IMEI: 14 digits and the check digit of the Luhn formula. */
export function imeiOf(index: number): string {
  assert(index < FLEET_VEHICLES_MAX, 'an IMEI has a serial of six digits');
  const body = `35963208${100_000 + index}`;
  let sum = 0;
  for (let i = 0; i < body.length; i += 1) {
    const value = Number(body[i]) * (i % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** A registration of the current British shape, such as "LK73 RHB"; different for every index. */
export function registrationOf(index: number): string {
  // A step that shares no factor with the number of letter groups visits each group once before it repeats one.
  const groups = LETTERS.length ** 3;
  const group = (index * 7_919 + 4_211) % groups;
  const letter = (place: number): string =>
    LETTERS[Math.floor(group / LETTERS.length ** place) % LETTERS.length] ?? 'A';
  const area = LETTERS[(index + Math.floor(index / groups)) % LETTERS.length] ?? 'A';
  const years = ['22', '72', '23', '73', '24', '74'];
  return `L${area}${years[index % years.length] ?? '24'} ${letter(2)}${letter(1)}${letter(0)}`;
}
