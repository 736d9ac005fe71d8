import { type ReactNode, type RefObject, useState } from 'react';
import { unreachable } from '../../core/base/assert.ts';
import type { ScreenKeys } from '../parts/keyboard.ts';
import type { ScreenName } from '../parts/navigation-rail.tsx';
import { type BillingPlace, billingStart } from './billing/billing-place.ts';
import { BillingScreen } from './billing/billing-screen.tsx';
import { IngestScreen, type IngestTab } from './ingest/ingest-screen.tsx';
import { InvestorsScreen } from './investors/investors-screen.tsx';
import { LedgerScreen } from './ledger/ledger-screen.tsx';
import { OperatorsScreen } from './operators/operators-screen.tsx';
import { SimulatorScreen } from './simulator/simulator-screen.tsx';

/** The screen that is shown over the map; where one was on each of them is kept while another is shown. */
export function ShownScreen({ screen, keys, onResetDemo }: ShownScreenProps): ReactNode {
  const [ingestTab, setIngestTab] = useState<IngestTab>('feeds');
  const [billing, setBilling] = useState<BillingPlace>(billingStart);
  const [operator, setOperator] = useState<string | null>(null);
  const [account, setAccount] = useState<string | null>(null);
  switch (screen) {
    case 'map':
      return null;
    case 'investors':
      return <InvestorsScreen />;
    case 'ingest':
      return <IngestScreen keys={keys} tab={ingestTab} onTab={setIngestTab} />;
    case 'billing':
      return <BillingScreen keys={keys} place={billing} onPlace={setBilling} />;
    case 'operators':
      return <OperatorsScreen keys={keys} open={operator} onOpen={setOperator} />;
    case 'ledger':
      return <LedgerScreen keys={keys} open={account} onOpen={setAccount} />;
    case 'simulator':
      return <SimulatorScreen onReset={onResetDemo} />;
    default:
      return unreachable(screen);
  }
}

interface ShownScreenProps {
  readonly screen: ScreenName;
  /** What the screen does with the window's keys; empty while it does nothing with them. */
  readonly keys: RefObject<ScreenKeys | null>;
  /** Asks whether the demo is to begin again. */
  readonly onResetDemo: () => void;
}
