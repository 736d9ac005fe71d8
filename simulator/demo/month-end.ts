import { addDays, localDayOf } from '../../core/base/calendar.ts';
import type { PeriodRow } from '../../core/protocol/money-asks.ts';
import type { ProductDesk } from '../run/ask-product.ts';

/** Days after its end that a demonstration's period is closed: its late readings have come by then. */
export const CLOSED_AFTER_DAYS = 4;
/** Days after the due day that an operator pays; the one whose trade falls pays later and later. */
const PAYS_AFTER_DUE_DAYS: Readonly<Record<string, number>> = { 'two-rivers': 21 };
const PAYS_BEFORE_DUE_DAYS = 3;
const PERIODS_ASKED = 200;

/**
 * What people in an office do while a demonstration's days pass: periods that are over are closed, exceptions waived with
 * a reason, and invoices paid, by one operator too late. Asked once a simulated day, and does what is due.
 */
export class DemoOffice {
  readonly #desk: ProductDesk;
  readonly #timeZone: string;
  #lastDay = '';

  constructor(desk: ProductDesk, timeZone: string) {
    this.#desk = desk;
    this.#timeZone = timeZone;
  }

  /** Called with the product's clock at `atMs`; resolves when what is due on that day is done. */
  async attend(atMs: number): Promise<void> {
    const today = localDayOf(atMs, this.#timeZone);
    if (today === this.#lastDay) return;
    this.#lastDay = today;
    await this.#closePeriods(today);
    await this.#receivePayments(today);
  }

  async #closePeriods(today: string): Promise<void> {
    const answer = await this.#desk.ask('money.periods', { operator: null, limit: PERIODS_ASKED });
    if (!answer.ok) return;
    for (const row of answer.value.periods) {
      if (row.state === 'draft' && addDays(row.endDay, CLOSED_AFTER_DAYS) <= today) await this.#close(row);
    }
  }

  async #close({ contract, period }: PeriodRow): Promise<void> {
    const preview = await this.#desk.ask('money.preview', { contract, period });
    if (!preview.ok || preview.value === null) return;
    for (const { exception, canBeWaived, waived, words } of preview.value.exceptions) {
      if (!canBeWaived || waived !== null) continue;
      const decision = { decision: 'waive-exception', contract, period, exception, reason: `seen: ${words}` };
      await this.#desk.ask('decide', { decision });
    }
    const { document } = preview.value;
    if (document === null) return;
    await this.#desk.ask('money.issue', {
      contract,
      period,
      previewNetPence: document.netPence,
      reason: 'the month is over',
    });
  }

  async #receivePayments(today: string): Promise<void> {
    const answer = await this.#desk.ask('money.documents', {
      operator: null,
      openOnly: true,
      limit: PERIODS_ASKED,
    });
    if (!answer.ok) return;
    const receipts = answer.value.documents
      .filter(({ operator, dueDay, openPence }) => openPence > 0 && paymentDay(operator, dueDay) <= today)
      .map(({ number, operatorName, openPence }) => ({
        receipt: `bank-${number}`,
        valueDay: today,
        pence: openPence,
        payer: operatorName,
        reference: number,
        matches: [{ document: number, pence: openPence }],
      }));
    if (receipts.length === 0) return;
    const decision = { decision: 'record-receipts', receipts, reason: `statement of ${today}` };
    await this.#desk.ask('decide', { decision });
  }
}

function paymentDay(operator: string, dueDay: string): string {
  return addDays(dueDay, PAYS_AFTER_DUE_DAYS[operator] ?? -PAYS_BEFORE_DUE_DAYS);
}
