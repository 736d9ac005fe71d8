import type { FinalDocument, VehicleUsage } from '../../protocol/document.ts';
import { countText, distanceText, odometerText } from './figures.ts';
import { drawNotes, heading, type Sheet } from './sheet.ts';
import { type Column, drawTable } from './table.ts';
import { unitWord, usageMarks } from './words.ts';

/** Where each vehicle's distance comes from: its odometer at both ends, and what to know about it. */
export async function drawVehicleDistances(sheet: Sheet, document: FinalDocument): Promise<void> {
  const { vehicles, tenths } = document.rated;
  if (vehicles.length === 0) return;
  await heading(sheet, 'Distance of each vehicle');
  const count = vehicles.length === 1 ? '1 vehicle' : `${countText(vehicles.length)} vehicles`;
  await drawTable(sheet, {
    columns: columnsIn(document),
    rows: vehicles,
    total: ['Together', count, '', '', distanceText(tenths), ''],
  });
  await drawLegend(sheet, document);
}

function columnsIn({ unit }: FinalDocument): readonly Column<VehicleUsage>[] {
  return [
    { title: 'Registration', width: 62, align: 'left', text: ({ registration }) => registration },
    { title: 'Vehicle', width: 100, align: 'left', text: ({ vehicle }) => vehicle },
    {
      title: `Odometer at start, ${unit}`,
      width: 70,
      align: 'right',
      text: ({ startMicrometres }) => odometerText(startMicrometres, unit),
    },
    {
      title: `Odometer at end, ${unit}`,
      width: 70,
      align: 'right',
      text: ({ endMicrometres }) => odometerText(endMicrometres, unit),
    },
    { title: `Distance, ${unit}`, width: 60, align: 'right', text: ({ tenths }) => distanceText(tenths) },
    // The gap of a right column stands at its left; this one follows it.
    { title: '', width: 10, align: 'left', text: () => '' },
    { title: 'Note', width: 115.28, align: 'left', text: usageMarks },
  ];
}

async function drawLegend(sheet: Sheet, document: FinalDocument): Promise<void> {
  const { vehicles } = document.rated;
  const notes = [
    `Odometers are cut to whole tenths of a ${unitWord(document)}, as distance is counted.`,
    ...(vehicles.some(({ isProvisional }) => isProvisional)
      ? [
          'Provisional: the vehicle has not reported since before the end. Its last accepted reading is used, and what is missing is settled when it reports again.',
        ]
      : []),
    ...(vehicles.some(({ isUnauthenticated }) => isUnauthenticated)
      ? ['Unauthenticated transport: some reading came from a sender that did not prove who it is.']
      : []),
  ];
  sheet.y += 6;
  await drawNotes(sheet, notes);
}
