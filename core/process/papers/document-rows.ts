import { addDays } from '../../base/calendar.ts';
import type { FinalDocument, LineKind } from '../../protocol/document.ts';
import { dataSha256Hex } from './data-hash.ts';
import type { FileColumn, FileTable } from './file-table.ts';

/**
 * One row a printed line, of many documents under one another. Net and VAT stand in rows of their own and what was
 * issued before counts against them, so that the sums of a document's rows are its net and its VAT.
 */
interface DocumentRow {
  readonly document: FinalDocument;
  readonly dataSha256Hex: string;
  readonly periodLastDay: string;
  /** 1 for the first line of its document. */
  readonly place: number;
  readonly kind: LineKind | 'vat' | 'issued_before';
  /** The document issued before. */
  readonly reference: string | null;
  readonly vehicle: string | null;
  readonly registration: string | null;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly tenths: number | null;
  readonly ratePence: string | null;
  readonly netPence: number;
  readonly vatPence: number;
}

export function documentTable(documents: readonly FinalDocument[]): FileTable<DocumentRow> {
  return { columns: documentColumns, rows: documents.flatMap(rowsOf) };
}

function rowsOf(document: FinalDocument): readonly DocumentRow[] {
  const { rated, earlier } = document;
  const hash = dataSha256Hex(document);
  const registrations = new Map(rated.vehicles.map(({ vehicle, registration }) => [vehicle, registration]));
  const plain = {
    reference: null,
    vehicle: null,
    firstDay: rated.startDay,
    lastDay: addDays(rated.endDay, -1),
    tenths: null,
    ratePence: null,
    netPence: 0,
    vatPence: 0,
  };
  const rows = [
    ...rated.lines.map(({ kind, vehicle, fromDay, toDay, tenths, ratePence, pence }) => ({
      ...plain,
      kind,
      vehicle,
      tenths,
      ratePence,
      firstDay: fromDay,
      // Nearly always the period's: a calendar is slow to ask for each of thousands of lines.
      lastDay: toDay === rated.endDay ? plain.lastDay : addDays(toDay, -1),
      netPence: pence,
    })),
    { ...plain, kind: 'vat' as const, vatPence: rated.vatPence },
    ...earlier.map(({ number, netPence, vatPence }) => ({
      ...plain,
      kind: 'issued_before' as const,
      reference: number,
      netPence: 0 - netPence,
      vatPence: 0 - vatPence,
    })),
  ];
  return rows.map((row, i) => ({
    ...row,
    document,
    dataSha256Hex: hash,
    periodLastDay: plain.lastDay,
    place: i + 1,
    registration: row.vehicle === null ? null : (registrations.get(row.vehicle) ?? null),
  }));
}

const documentColumns: readonly FileColumn<DocumentRow>[] = [
  { name: 'document_number', type: 'text', value: ({ document }) => document.number },
  { name: 'document_kind', type: 'text', value: ({ document }) => document.kind },
  { name: 'facility_id', type: 'text', value: ({ document }) => document.facility.id },
  { name: 'facility_name', type: 'text', value: ({ document }) => document.facility.name },
  { name: 'operator_id', type: 'text', value: ({ document }) => document.operator.id },
  { name: 'operator_name', type: 'text', value: ({ document }) => document.operator.name },
  { name: 'contract', type: 'text', value: ({ document }) => document.contract },
  { name: 'issued_day', type: 'day', value: ({ document }) => document.issuedDay },
  { name: 'due_day', type: 'day', value: ({ document }) => document.dueDay },
  { name: 'period_first_day', type: 'day', value: ({ document }) => document.rated.startDay },
  { name: 'period_last_day', type: 'day', value: (row) => row.periodLastDay },
  { name: 'line', type: 'whole', value: ({ place }) => place },
  { name: 'line_kind', type: 'text', value: ({ kind }) => kind },
  { name: 'issued_before', type: 'text', value: ({ reference }) => reference },
  { name: 'vehicle', type: 'text', value: ({ vehicle }) => vehicle },
  { name: 'registration', type: 'text', value: ({ registration }) => registration },
  { name: 'first_day', type: 'day', value: ({ firstDay }) => firstDay },
  { name: 'last_day', type: 'day', value: ({ lastDay }) => lastDay },
  { name: 'distance_tenths', type: 'whole', value: ({ tenths }) => tenths },
  { name: 'unit', type: 'text', value: ({ document }) => document.unit },
  { name: 'rate_pence', type: 'decimal', value: ({ ratePence }) => ratePence },
  { name: 'net_pence', type: 'whole', value: ({ netPence }) => netPence },
  { name: 'vat_pence', type: 'whole', value: ({ vatPence }) => vatPence },
  { name: 'currency', type: 'text', value: ({ document }) => document.currency },
  { name: 'vat_rate', type: 'decimal', value: ({ document }) => document.vatRate },
  { name: 'is_provisional', type: 'flag', value: ({ document }) => document.rated.isProvisional },
  { name: 'is_simulated', type: 'flag', value: ({ document }) => document.isSimulated },
  { name: 'as_of', type: 'moment', value: ({ document }) => document.asOf.receivedAtMs },
  { name: 'journal_position', type: 'whole', value: ({ document }) => document.asOf.position },
  { name: 'data_sha256', type: 'text', value: (row) => row.dataSha256Hex },
];
