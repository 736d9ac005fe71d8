import { Tabs } from '@mantine/core';
import { type RefObject, useImperativeHandle, useRef } from 'react';
import { MoneyHead } from '../../money/money-head.tsx';
import type { ScreenKeys } from '../../parts/keyboard.ts';
import { type BillingPlace, billingStart, billingTabs, closeOpen } from './billing-place.ts';
import { ContractsTab } from './contracts-tab.tsx';
import { DocumentsTab } from './documents-tab.tsx';
import { DunningTab } from './dunning-tab.tsx';
import { PeriodsTab } from './periods-tab.tsx';
import { ReceiptsTab } from './receipts-tab.tsx';
import './billing.css';

/** From miles to money: periods closed, documents issued, paid and dunned for, and the terms they come from. */
export function BillingScreen({ keys, place, onPlace }: BillingScreenProps) {
  const screen = useRef<HTMLDivElement>(null);
  useImperativeHandle(keys, () => ({
    act: (action) => {
      if (action === 'back') onPlace(closeOpen(place));
      if (action === 'search')
        screen.current?.querySelector<HTMLElement>('input[aria-label^="Search"]')?.focus();
    },
  }));
  const openDocument = (document: string | null): void =>
    onPlace({ ...billingStart, tab: 'documents', document });
  return (
    <div ref={screen} className="money">
      <MoneyHead title="Billing" />
      <Tabs
        className="money-body"
        classNames={{ list: 'money-tabs', tab: 'money-tab', panel: 'money-tab-panel' }}
        value={place.tab}
        onChange={(value) => {
          const tab = billingTabs.find(([name]) => name === value)?.[0] ?? 'periods';
          onPlace({ ...billingStart, tab });
        }}
        keepMounted={false}
      >
        <Tabs.List aria-label="Billing">
          {billingTabs.map(([name, words]) => (
            <Tabs.Tab key={name} value={name}>
              {words}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="periods">
          <PeriodsTab
            open={place.period}
            onOpen={(period) => onPlace({ ...place, period })}
            onDocument={openDocument}
          />
        </Tabs.Panel>
        <Tabs.Panel value="documents">
          <DocumentsTab
            open={place.document}
            onOpen={openDocument}
            onPeriod={(period) => onPlace({ ...billingStart, period })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="receipts">
          <ReceiptsTab onDocument={openDocument} />
        </Tabs.Panel>
        <Tabs.Panel value="dunning">
          <DunningTab onDocument={openDocument} />
        </Tabs.Panel>
        <Tabs.Panel value="contracts">
          <ContractsTab open={place.contract} onOpen={(contract) => onPlace({ ...place, contract })} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

interface BillingScreenProps {
  readonly keys: RefObject<ScreenKeys | null>;
  readonly place: BillingPlace;
  readonly onPlace: (place: BillingPlace) => void;
}
