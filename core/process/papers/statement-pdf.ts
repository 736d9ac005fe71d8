import type { Ageing, Statement, StatementLine } from '../../protocol/statement.ts';
import { assertStatementAddsUp } from './adds-up.ts';
import { dataSha256Hex } from './data-hash.ts';
import { bothDaysText, dayText, momentText } from './days.ts';
import { poundsText } from './figures.ts';
import type { Issuer } from './issuer.ts';
import { heading, INNER_WIDTH, printSheet, type Sheet } from './sheet.ts';
import { type Column, drawTable } from './table.ts';
import { drawTitleBlock, type TitleBlock } from './title-block.ts';

/** A statement of account as an A4 PDF. The same statement and issuer give the same bytes. */
export async function statementPdf(statement: Statement, issuer: Issuer): Promise<Uint8Array> {
  assertStatementAddsUp(statement);
  const { operator, firstDay, lastDay, timezone, asOf } = statement;
  const facts = {
    title: `Statement of account, ${operator.name}, ${bothDaysText(firstDay, lastDay)}`,
    author: issuer.name,
    madeAtMs: asOf.receivedAtMs,
    isSimulated: statement.isSimulated,
    footLines: [
      `Statement of account  ·  As of ${momentText(asOf.receivedAtMs, timezone)}`,
      `Data SHA-256 ${dataSha256Hex(statement)}`,
    ],
  } as const;
  return printSheet(facts, async (sheet) => {
    drawTitleBlock(sheet, titleBlockOf(statement, issuer));
    await drawMovements(sheet, statement);
    await drawAgeing(sheet, statement.ageing);
  });
}

function titleBlockOf(statement: Statement, issuer: Issuer): TitleBlock {
  const { operator, firstDay, lastDay, timezone, asOf, closingPence } = statement;
  return {
    title: 'Statement of account',
    subtitle: bothDaysText(firstDay, lastDay),
    issuer,
    addressee: { label: 'Account of', name: operator.name, id: operator.id },
    facts: [
      ['Facility', statement.facility.name],
      ['Time zone', timezone],
      ['As of', momentText(asOf.receivedAtMs, timezone)],
    ],
    figure: { label: `Balance on ${dayText(lastDay)}`, text: poundsText(closingPence) },
  };
}

async function drawMovements(sheet: Sheet, statement: Statement): Promise<void> {
  const { firstDay, lastDay, openingPence, lines, closingPence } = statement;
  const opening = {
    day: firstDay,
    words: 'Opening balance',
    number: null,
    pence: null,
    balancePence: openingPence,
  };
  await heading(sheet, 'Movements');
  await drawTable(sheet, {
    columns: movementColumns,
    rows: [opening, ...lines],
    total: [dayText(lastDay), 'Closing balance', '', '', poundsText(closingPence)],
  });
}

type Movement = Omit<StatementLine, 'pence'> & { readonly pence: number | null };

const movementColumns: readonly Column<Movement>[] = [
  { title: 'Day', width: 96, align: 'left', text: ({ day }) => dayText(day) },
  { title: 'What', width: INNER_WIDTH - 356, align: 'left', text: ({ words }) => words },
  { title: 'Number', width: 84, align: 'left', text: ({ number }) => number ?? '' },
  {
    title: 'Amount',
    width: 86,
    align: 'right',
    text: ({ pence }) => (pence === null ? '' : poundsText(pence)),
  },
  { title: 'Balance', width: 90, align: 'right', text: ({ balancePence }) => poundsText(balancePence) },
];

async function drawAgeing(sheet: Sheet, ageing: Ageing): Promise<void> {
  const columns: readonly (readonly [string, keyof Ageing])[] = [
    ['Not yet due', 'currentPence'],
    ['1–29 days', 'days1To29Pence'],
    ['30–59 days', 'days30To59Pence'],
    ['60–89 days', 'days60To89Pence'],
    ['90 days and more', 'days90AndMorePence'],
  ];
  await heading(sheet, 'Unpaid, by days past the due day');
  await drawTable(sheet, {
    columns: columns.map(([title, name]) => ({
      title,
      width: INNER_WIDTH / columns.length,
      align: 'right',
      text: (row: Ageing) => poundsText(row[name]),
    })),
    rows: [ageing],
  });
}
