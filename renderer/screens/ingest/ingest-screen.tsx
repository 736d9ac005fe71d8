import { Tabs } from '@mantine/core';
import { type RefObject, useImperativeHandle, useRef } from 'react';
import type { ScreenKeys } from '../../parts/keyboard.ts';
import { CredentialsTab } from './credentials-tab.tsx';
import { DevicesTab } from './devices-tab.tsx';
import { FeedsTab } from './feeds-tab.tsx';
import { MappingTab } from './mapping-tab.tsx';
import { RawTab } from './raw-tab.tsx';
import './ingest-screen.css';

const tabs = [
  ['feeds', 'Feeds'],
  ['raw', 'Raw packets'],
  ['devices', 'Devices'],
  ['credentials', 'Credentials'],
  ['mapping', 'Mapping files'],
] as const;

export type IngestTab = (typeof tabs)[number][0];

/** What comes in at the door, who may come in, and what is made of it. Only the tab that is shown asks the core. */
export function IngestScreen({ keys, tab, onTab }: IngestScreenProps) {
  const rawKeys = useRef<ScreenKeys | null>(null);
  useImperativeHandle(keys, () => ({ act: (action) => rawKeys.current?.act(action) }));
  return (
    <Tabs
      className="ingest"
      classNames={{ list: 'ingest__tabs', tab: 'ingest__tab', panel: 'ingest__panel' }}
      value={tab}
      onChange={(value) => onTab(tabs.find(([name]) => name === value)?.[0] ?? 'feeds')}
      keepMounted={false}
    >
      <Tabs.List aria-label="Ingest">
        {tabs.map(([name, words]) => (
          <Tabs.Tab key={name} value={name}>
            {words}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="feeds">
        <FeedsTab />
      </Tabs.Panel>
      <Tabs.Panel value="raw">
        <RawTab keys={rawKeys} />
      </Tabs.Panel>
      <Tabs.Panel value="devices">
        <DevicesTab />
      </Tabs.Panel>
      <Tabs.Panel value="credentials">
        <CredentialsTab />
      </Tabs.Panel>
      <Tabs.Panel value="mapping">
        <MappingTab />
      </Tabs.Panel>
    </Tabs>
  );
}

interface IngestScreenProps {
  readonly keys: RefObject<ScreenKeys | null>;
  readonly tab: IngestTab;
  readonly onTab: (tab: IngestTab) => void;
}
