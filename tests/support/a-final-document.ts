import { startOfDayMs } from '../../core/base/calendar.ts';
import type { FinalDocument, PrintedLine, VehicleUsage } from '../../core/protocol/document.ts';
import type { Issuer } from '../../core/process/papers/issuer.ts';

/** The London operator's March: 1,234.5 miles in two tiers, a standing charge, one vehicle silent at the end. */
export function aFinalDocument(changes: Partial<FinalDocument> = {}): FinalDocument {
  const amounts = { netPence: 45_000 + 12_000 + 7_035, vatPence: 12_807, grossPence: 76_842 };
  return {
    number: 'INV-000042',
    kind: 'invoice',
    facility: { id: 'fac-1', name: 'Northbank Facility 1' },
    contract: 'con-london-1',
    operator: { id: 'op-london', name: 'Zażółć & Søn Taxis Ltd' },
    timezone: 'Europe/London',
    currency: 'GBP',
    unit: 'mi',
    issuedDay: '2026-04-04',
    dueDay: '2026-04-18',
    vatRate: '0.2',
    rated: {
      period: 2,
      startDay: '2026-03-01',
      endDay: '2026-04-01',
      startMs: startOfDayMs('2026-03-01', 'Europe/London'),
      endMs: startOfDayMs('2026-04-01', 'Europe/London'),
      activeDays: 31,
      periodDays: 31,
      tenths: 12_345,
      vehicles: [
        aVehicleUsage('LX24 ABC', 8_000, { start: 123_456 }),
        aVehicleUsage('LX24 ABD', 4_345, { start: 9, isProvisional: true, isUnauthenticated: true }),
      ],
      lines: [
        aLine('standing', { pence: 45_000 }),
        aLine('miles', { tenths: 10_000, ratePence: '12', pence: 12_000 }),
        aLine('miles', { tenths: 2_345, ratePence: '30.0', pence: 7_035, fromDay: '2026-03-15' }),
      ],
      isProvisional: true,
      ...amounts,
    },
    earlier: [],
    tenths: 12_345,
    ...amounts,
    causePositions: [],
    asOf: { position: 48_211, receivedAtMs: Date.UTC(2026, 3, 3, 23, 0, 5) },
    inputsSha256Hex: '0123456789abcdef'.repeat(4),
    versions: { rules: 1, decoders: 1, timeZoneData: '2026a' },
    isOperatorFault: false,
    isSimulated: false,
    ...changes,
  };
}

/** The same period priced again with less distance: the second tier is £10.05 less, VAT £2.01. */
export function aCreditNote(): FinalDocument {
  const invoice = aFinalDocument();
  const rated = {
    ...invoice.rated,
    tenths: 12_010,
    vehicles: [
      aVehicleUsage('LX24 ABC', 8_000, { start: 123_456 }),
      aVehicleUsage('LX24 ABD', 4_010, { start: 9 }),
    ],
    lines: [
      ...invoice.rated.lines.slice(0, 2),
      aLine('miles', { tenths: 2_010, ratePence: '30.0', pence: 6_030, fromDay: '2026-03-15' }),
    ],
    netPence: 63_030,
    vatPence: 12_606,
    grossPence: 75_636,
  };
  return {
    ...invoice,
    number: 'CN-000007',
    kind: 'credit_note',
    dueDay: invoice.issuedDay,
    rated,
    earlier: [{ number: invoice.number, netPence: invoice.netPence, vatPence: invoice.vatPence }],
    tenths: -335,
    netPence: -1_005,
    vatPence: -201,
    grossPence: -1_206,
    causePositions: [48_300, 48_301, 48_302, 50_001],
  };
}

/** An invoice of many vehicles, each charged by itself at 12.5 pence a mile. */
export function anInvoiceOfVehicles(count: number): FinalDocument {
  const vehicles = Array.from({ length: count }, (_, i) =>
    aVehicleUsage(`EV${String(i % 100).padStart(2, '0')} ${String(i).padStart(4, '0')}`, 10_000 + i * 10, {
      start: i * 997,
    }),
  );
  const lines = vehicles.map(({ vehicle, tenths }) =>
    aLine('miles', { vehicle, tenths, ratePence: '12.5', pence: Math.round((tenths * 125) / 100) }),
  );
  const tenths = vehicles.reduce((sum, usage) => sum + usage.tenths, 0);
  const netPence = lines.reduce((sum, line) => sum + line.pence, 0);
  const vatPence = Math.round(netPence / 5);
  const amounts = { netPence, vatPence, grossPence: netPence + vatPence, tenths };
  const invoice = aFinalDocument(amounts);
  return { ...invoice, rated: { ...invoice.rated, ...amounts, vehicles, lines } };
}

export const anIssuer: Issuer = {
  name: 'Milepost Vehicle Finance Ltd',
  addressLines: ['1 Wharf Road', 'London N1 7AA'],
  vatNumber: 'GB 123 4567 89',
  paymentLines: [
    'Account 12345678, sort code 12-34-56, Milepost Vehicle Finance Ltd',
    'Please quote the invoice number.',
  ],
};

const MICROMETRES_PER_TENTH_MILE = 160_934_400;

/** `start` is the odometer at the start, tenths of a mile; both ends lie a little above a whole tenth. */
function aVehicleUsage(
  registration: string,
  tenths: number,
  {
    start,
    isProvisional = false,
    isUnauthenticated = false,
  }: { readonly start: number } & Partial<VehicleUsage>,
): VehicleUsage {
  return {
    vehicle: `veh-${registration.toLowerCase().replace(' ', '-')}`,
    registration,
    startMicrometres: start * MICROMETRES_PER_TENTH_MILE + 17,
    endMicrometres: (start + tenths) * MICROMETRES_PER_TENTH_MILE + 99_000_000,
    tenths,
    isProvisional,
    isUnauthenticated,
  };
}

function aLine(
  kind: PrintedLine['kind'],
  rest: Partial<PrintedLine> & { readonly pence: number },
): PrintedLine {
  return {
    kind,
    vehicle: null,
    fromDay: '2026-03-01',
    toDay: '2026-04-01',
    tenths: null,
    ratePence: null,
    ...rest,
  };
}
