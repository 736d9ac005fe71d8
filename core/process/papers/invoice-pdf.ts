import type { FinalDocument } from '../../protocol/document.ts';
import { assertDocumentAddsUp } from './adds-up.ts';
import { drawDifference, drawLines, drawTotals } from './charges.ts';
import { dataSha256Hex } from './data-hash.ts';
import { dayText, daysText, momentText } from './days.ts';
import { poundsText, rangesText } from './figures.ts';
import type { Issuer } from './issuer.ts';
import { drawNotes, heading, PAGE, printSheet, type Sheet, write } from './sheet.ts';
import { drawTitleBlock, type TitleBlock } from './title-block.ts';
import { drawVehicleDistances } from './vehicle-distances.ts';
import { documentTitles } from './words.ts';

/** An invoice, supplementary invoice or credit note as an A4 PDF. The same document and issuer give the same bytes. */
export async function invoicePdf(document: FinalDocument, issuer: Issuer): Promise<Uint8Array> {
  assertDocumentAddsUp(document);
  const { number, kind, asOf, timezone, isSimulated } = document;
  const facts = {
    title: `${documentTitles[kind]} ${number}`,
    author: issuer.name,
    madeAtMs: asOf.receivedAtMs,
    isSimulated,
    footLines: [
      `${documentTitles[kind]} ${number}  ·  As of ${momentText(asOf.receivedAtMs, timezone)}`,
      `Data SHA-256 ${dataSha256Hex(document)}`,
    ],
  } as const;
  return printSheet(facts, (sheet) => composeInvoice(sheet, document, issuer));
}

async function composeInvoice(sheet: Sheet, document: FinalDocument, issuer: Issuer): Promise<void> {
  const { kind, rated, vatRate } = document;
  drawTitleBlock(sheet, titleBlockOf(document, issuer));
  const isCorrection = kind !== 'invoice';
  const days = daysText(rated.startDay, rated.endDay);
  await heading(sheet, isCorrection ? `${days}, as priced now` : `Charges for ${days}`);
  await drawLines(sheet, document);
  await drawTotals(sheet, rated, { vatRate, grossLabel: isCorrection ? 'Gross' : 'Total' });
  if (isCorrection) await drawDifference(sheet, document);
  if (kind !== 'credit_note') await drawPayment(sheet, issuer);
  await drawVehicleDistances(sheet, document);
  await drawOrigin(sheet, document);
}

function titleBlockOf(document: FinalDocument, issuer: Issuer): TitleBlock {
  const { kind, number, operator, rated, earlier } = document;
  const isCredit = kind === 'credit_note';
  return {
    title: documentTitles[kind],
    subtitle: number,
    issuer,
    addressee: { label: isCredit ? 'Credited to' : 'Billed to', name: operator.name, id: operator.id },
    facts: [
      ['Issued', dayText(document.issuedDay)],
      ...(isCredit ? [] : [['Due', dayText(document.dueDay)] as const]),
      ['Facility', document.facility.name],
      ['Contract', document.contract],
      ['Period', daysText(rated.startDay, rated.endDay)],
      ['Time zone', document.timezone],
      ...(earlier.length === 0 ? [] : [['Corrects', earlier.map((one) => one.number).join(', ')] as const]),
    ],
    figure: {
      label: isCredit ? 'Credited to the account' : `To be paid by ${dayText(document.dueDay)}`,
      text: poundsText(document.grossPence),
    },
  };
}

async function drawPayment(sheet: Sheet, { paymentLines }: Issuer): Promise<void> {
  if (paymentLines.length === 0) return;
  await heading(sheet, 'How to pay');
  for (const line of paymentLines) sheet.y += write(sheet, line, { x: PAGE.left, y: sheet.y, size: 8.5 }) + 1;
}

const CAUSE_RANGES_MAX = 60;

/** What the figures follow from, for whoever wants to work them out again. */
async function drawOrigin(sheet: Sheet, document: FinalDocument): Promise<void> {
  const { asOf, timezone, versions, causePositions } = document;
  const notes = [
    'Each line is distance times rate, rounded once to a penny, half away from zero. The net amount is the sum of the lines; VAT is rounded once.',
    `Made from the journal before position ${asOf.position}, received up to ${momentText(asOf.receivedAtMs, timezone)}.`,
    `Readings and terms SHA-256 ${document.inputsSha256Hex}. Rules version ${versions.rules}, decoders version ${versions.decoders}, time zones ${versions.timeZoneData}.`,
    ...(causePositions.length === 0
      ? []
      : [
          `Corrected because of what came, or was decided on, since: journal positions ${rangesText(causePositions, CAUSE_RANGES_MAX)}.`,
        ]),
  ];
  await drawNotes(sheet, notes, 'How these figures were made');
}
