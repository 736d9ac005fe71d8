import { describeBalances, describeSets } from '../../fold/describe-book.ts';
import { describeDocument, describeDocuments, describeReceipts } from '../../fold/describe-documents.ts';
import {
  describeContracts,
  describeOperators,
  describeStatement,
  moneySplit,
} from '../../fold/describe-operators.ts';
import { describePeriods, previewPeriod } from '../../fold/describe-periods.ts';
import { describeQuarantine } from '../../fold/describe-quarantine.ts';
import { facilityDay } from '../../fold/facility-day.ts';
import type { World } from '../../fold/world.ts';
import type { moneyAsks } from '../../protocol/money-asks.ts';
import type { Session } from '../access/sessions.ts';
import type { DecisionDesk } from '../door/decide.ts';
import type { AnswerersOf } from '../feed/answer-asks.ts';
import { readBankCsv } from './bank-csv.ts';
import { readContractsCsv, writeContractsCsv } from './contracts-csv.ts';
import { writeEvidencePack } from './evidence-pack.ts';
import { issueDecision, issuingOf } from './issue-document.ts';
import { documentFile, issuerOf, statementFile } from './paper-files.ts';

export type MoneyAnswerers = AnswerersOf<typeof moneyAsks>;

export interface MoneyParts {
  readonly world: World;
  readonly decisions: DecisionDesk;
  /** Who asks: decisions are signed with whom it names. */
  readonly session: Session;
  readonly isSimulated: boolean;
  readonly journalFolder: string;
  /** Where evidence packs are written. */
  readonly evidenceFolder: string;
}

/** Answers what a window asks about money, and writes the documents that a person issues. */
export function moneyAnswerers(parts: MoneyParts): MoneyAnswerers {
  return { ...lookUp(parts), ...papers(parts), ...files(parts), ...issue(parts) };
}

function lookUp({ world, isSimulated }: MoneyParts) {
  return {
    'money.now': () => ({
      facility: world.facility?.name ?? null,
      today: facilityDay(world.clockMs),
      asOfMs: world.clockMs,
      closedBefore: world.money.closedBefore,
      fault: world.ledger.fault,
      money: moneySplit(world, null),
    }),
    'money.periods': ({ operator, limit }) => describePeriods(world, operator, limit),
    'money.preview': ({ contract, period }) => previewPeriod(world, contract, period, issuingOf(isSimulated)),
    'money.documents': (input) => describeDocuments(world, input),
    'money.document': ({ number }) => describeDocument(world, number),
    'money.receipts': (input) => describeReceipts(world, input),
    'money.contracts': () => describeContracts(world),
    'money.operators': () => describeOperators(world),
    'money.statement': ({ operator, fromDay, toDay }) =>
      describeStatement(world, operator, fromDay, toDay, isSimulated),
    'money.balances': ({ asOfMs }) => describeBalances(world, asOfMs),
    'money.sets': (input) => describeSets(world, input),
    'money.quarantine': ({ vehicle, limit }) => describeQuarantine(world, vehicle, limit),
  } satisfies Partial<MoneyAnswerers>;
}

function papers({ world, isSimulated }: MoneyParts) {
  return {
    'money.paper': async ({ number, format }) => {
      const state = world.money.documents.get(number);
      if (state === undefined || world.facility === null) return null;
      return documentFile(state.document, issuerOf(world.facility), format);
    },
    'money.statement-paper': async ({ operator, fromDay, toDay, format }) => {
      const statement = describeStatement(world, operator, fromDay, toDay, isSimulated);
      if (statement === null || world.facility === null) return null;
      return statementFile(statement, issuerOf(world.facility), format);
    },
  } satisfies Partial<MoneyAnswerers>;
}

function files({ world, journalFolder, evidenceFolder }: MoneyParts) {
  return {
    'money.read-bank-csv': ({ csv }) => readBankCsv(csv, world),
    'money.read-contracts-csv': ({ csv }) => readContractsCsv(csv, world),
    'money.contracts-csv': () => ({ name: 'contracts.csv', csv: writeContractsCsv(world) }),
    'money.evidence-pack': ({ number }) =>
      writeEvidencePack({ world, number, journalFolder, folder: evidenceFolder }),
  } satisfies Partial<MoneyAnswerers>;
}

function issue({ world, decisions, session, isSimulated }: MoneyParts) {
  return {
    'money.issue': async (request) => {
      const signer = session.signer();
      if (!signer.ok) return { ok: false, ...signer.error };
      session.use();
      let number = '';
      const taken = await decisions.decide(() => {
        const made = issueDecision(world, request, signer.value, issuingOf(isSimulated));
        if (made.ok) number = made.value.document.number;
        return made;
      });
      return taken.ok ? { ok: true, number } : { ok: false, ...taken.error };
    },
  } satisfies Partial<MoneyAnswerers>;
}
