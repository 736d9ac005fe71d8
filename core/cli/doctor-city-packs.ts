import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { DoctorFinding } from './doctor-finding.ts';

/** The maps and roads of the demo. Real fleets are drawn on whatever pack covers them. */
export function checkCityPacks(checkout: string): DoctorFinding {
  const subject = 'city packs';
  const folder = path.join(checkout, 'out', 'city-packs');
  const packs = existsSync(folder)
    ? readdirSync(folder).filter((name) => existsSync(path.join(folder, name, 'pack.json')))
    : [];
  if (packs.length > 0) return { subject, state: 'good', found: packs.join(', '), advice: null };
  return {
    subject,
    state: 'warning',
    found: 'none yet',
    advice: 'npm start builds them, as does npm run city-packs',
  };
}
