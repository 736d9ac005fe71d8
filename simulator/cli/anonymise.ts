import { createHmac } from 'node:crypto';

const VIN = /(?<![A-Z0-9])[A-HJ-NPR-Z0-9]{17}(?![A-Z0-9])/g;
const IMEI = /(?<!\d)\d{15}(?!\d)/g;
const MAIL = /[\w.+-]+@[\w-]+\.[\w.-]+/g;
/** A degree with four decimals or more says which house. */
const PLACE = /(?<![\d.])(-?\d{1,3}\.\d{2})\d{2,}(?![\d.])/g;
const VIN_LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789';

/**
 * Takes who it is out of a text: VINs, IMEIs and mail addresses get other ones of the same shape, the same for the same
 * name under one key; places are cut to about a kilometre.
 */
export function anonymiser(key: string): (text: string) => string {
  const digest = (text: string): Buffer => createHmac('sha256', key).update(text).digest();
  return (text) =>
    text
      .replace(MAIL, (mail) => `someone-${digest(mail).toString('hex').slice(0, 8)}@example.org`)
      .replace(VIN, (vin) => (/\d/.test(vin) ? madeUp(digest(vin), 17, VIN_LETTERS) : vin))
      .replace(IMEI, (imei) => madeUp(digest(imei), 15, '0123456789'))
      .replace(PLACE, '$1');
}

function madeUp(bytes: Buffer, length: number, letters: string): string {
  return Array.from({ length }, (_, i) => letters[(bytes[i] ?? 0) % letters.length]).join('');
}
