import path from 'node:path';
import { checkCityPacks } from './doctor-city-packs.ts';
import { checkDataFolder, checkDisk } from './doctor-disk.ts';
import { checkDisplay, checkElectron, checkNode, findElectron } from './doctor-electron.ts';
import type { DoctorFinding, DoctorOptions } from './doctor-finding.ts';
import { checkPort } from './doctor-port.ts';

/** The checkout this file lies in. */
export const thisCheckout = path.join(import.meta.dirname, '../..');

/**
 * Looks at everything Milepost needs of a machine, one thing after the other, and changes nothing: the few files it
 * writes to try the disk are gone when it returns.
 */
export async function runDoctor(options: DoctorOptions): Promise<readonly DoctorFinding[]> {
  const electron = findElectron(options);
  return [
    checkNode(process.versions.node),
    checkElectron(electron, options),
    checkDisplay(electron, options.environment),
    await checkPort(options.mqttPort),
    checkDataFolder(options.dataFolder),
    await checkDisk(options.dataFolder),
    checkCityPacks(options.checkout),
  ];
}

/** The findings as text for a person: one line each, and below it what to do. */
export function formatFindings(findings: readonly DoctorFinding[]): string {
  const widest = Math.max(...findings.map(({ subject }) => subject.length));
  const marks = { good: 'ok  ', warning: 'warn', bad: 'BAD ' };
  return findings
    .flatMap(({ subject, state, found, advice }) => [
      `${marks[state]}  ${subject.padEnd(widest)}  ${found}`,
      ...(advice === null ? [] : [`      ${' '.repeat(widest)}  → ${advice}`]),
    ])
    .join('\n');
}
