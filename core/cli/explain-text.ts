import type { DocumentExplanation } from '../fold/explain-document.ts';
import type { ChargeExplanation } from '../protocol/link.ts';

/** A vehicle's charge for a day, in lines for people. */
export function chargeText(chain: ChargeExplanation): string {
  return `${chargeLines(chain).join('\n')}\n`;
}

/** A document, its vehicles and their days, in lines for people. */
export function documentText({ document, line, entries, vehicles }: DocumentExplanation): string {
  const lines = [
    `${document.number}, ${document.kind}, ${document.operator.name}, contract ${document.contract}`,
    `period ${document.rated.startDay} to ${document.rated.endDay} (not included), ${document.timezone}`,
    `as of ${new Date(document.asOf.receivedAtMs).toISOString()}, journal position ${document.asOf.position}`,
    `net ${pounds(document.netPence)}, VAT ${pounds(document.vatPence)}, gross ${pounds(document.grossPence)}`,
    ...(line === null ? document.rated.lines : [line]).map(
      ({ kind, tenths, ratePence, pence }) =>
        `  ${kind}  ${tenths === null ? '' : `${(tenths / 10).toFixed(1)} ${document.unit} × ${ratePence}p`}  ${pounds(pence)}`,
    ),
    ...vehicles.flatMap(({ registration, tenths, days }) => [
      '',
      `${registration}: ${(tenths / 10).toFixed(1)} ${document.unit}`,
      ...days.flatMap(chargeLines),
    ]),
    '',
    ...entries.map(({ set, account, pence }) => `${set}  ${account}  ${pence}`),
  ];
  return `${lines.join('\n')}\n`;
}

function chargeLines(chain: ChargeExplanation): string[] {
  return [
    `${chain.vehicle}, ${chain.day} (${chain.timezone}), contract ${chain.contract}${chain.isProvisional ? ', provisional' : ''}`,
    `${pounds(chain.pence)} = ${(chain.tenths / 10).toFixed(1)} ${chain.unit} × ${chain.ratePence}p`,
    `${(chain.tenths / 10).toFixed(1)} ${chain.unit} = ${chain.endTenths / 10} − ${chain.startTenths / 10}, whole tenths of the odometer at both ends`,
    ...chain.readings.map(
      (reading) =>
        `${new Date(reading.observedAtMs).toISOString()}  ${reading.rawText} ${reading.rawUnit}  ${reading.status}  ${reading.source}  ` +
        (reading.position === null
          ? 'signed'
          : `record ${reading.position}  ${reading.topic}  ${reading.payloadUtf8 ?? reading.payloadHex}`),
    ),
    ...(chain.readingsOmitted > 0 ? [`(${chain.readingsOmitted} readings between are left out)`] : []),
    ...chain.entries.map((entry) => `${entry.set}  ${entry.account}  ${entry.pence}`),
  ];
}

function pounds(pence: number): string {
  const sign = pence < 0 ? '−' : '';
  return `${sign}£${(Math.abs(pence) / 100).toFixed(2)}`;
}
