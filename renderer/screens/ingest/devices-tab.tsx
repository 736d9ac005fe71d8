import { SegmentedControl, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { DeviceRow } from '../../../core/protocol/door-asks.ts';
import { useNowMs } from '../../link/core-context.tsx';
import { useAsk } from '../../link/use-ask.ts';
import { useLast } from '../../link/use-last.ts';
import { formatCount } from '../../parts/formats.ts';
import { ClaimDialog } from './devices-claim-dialog.tsx';
import { ReleaseDialog } from './devices-release-dialog.tsx';
import { Situations } from './devices-situations.tsx';
import { DevicesTable } from './devices-table.tsx';
import { NetworksSection } from './networks-section.tsx';
import './devices.css';

const ASK_EVERY_MS = 1_500;
/** More nobody reads; the search finds the others. */
const ROWS_SHOWN = 200;

type Opened = { readonly dialog: 'claim' | 'release'; readonly device: DeviceRow } | null;

/** Which trackers there are, who carries them, and what a person should know of them. */
export function DevicesTab() {
  const [isAll, setAll] = useState(false);
  const [search, setSearch] = useState('');
  const [opened, setOpened] = useState<Opened>(null);
  const close = (): void => setOpened(null);
  return (
    <div className="ingest-page">
      <Situations />
      <section className="ingest-card" aria-label="Devices">
        <DevicesHead isAll={isAll} onAll={setAll} search={search} onSearch={setSearch} />
        <DeviceRows key={String(isAll)} isAll={isAll} search={search.trim()} onOpen={setOpened} />
      </section>
      <NetworksSection />
      {opened?.dialog === 'claim' && <ClaimDialog device={opened.device} onClose={close} />}
      {opened?.dialog === 'release' && <ReleaseDialog device={opened.device} onClose={close} />}
    </div>
  );
}

interface DevicesHeadProps {
  readonly isAll: boolean;
  readonly onAll: (isAll: boolean) => void;
  readonly search: string;
  readonly onSearch: (search: string) => void;
}

function DevicesHead({ isAll, onAll, search, onSearch }: DevicesHeadProps) {
  return (
    <div className="ingest-card__head devices__head">
      <h2>Devices</h2>
      <SegmentedControl
        size="xs"
        aria-label="Which devices"
        data={[
          { value: 'unclaimed', label: 'Unclaimed' },
          { value: 'all', label: 'All devices' },
        ]}
        value={isAll ? 'all' : 'unclaimed'}
        onChange={(value) => onAll(value === 'all')}
      />
      <TextInput
        className="devices__search"
        size="xs"
        aria-label="Search devices"
        placeholder={isAll ? 'Device or registration' : 'Device'}
        leftSection={<IconSearch size={14} stroke={1.8} />}
        value={search}
        maxLength={128}
        onChange={(event) => onSearch(event.currentTarget.value)}
      />
    </div>
  );
}

interface DeviceRowsProps {
  readonly isAll: boolean;
  readonly search: string;
  readonly onOpen: (opened: Opened) => void;
}

function DeviceRows({ isAll, search, onOpen }: DeviceRowsProps) {
  const nowMs = useNowMs();
  const { answer, problem } = useAsk(
    'device.list',
    { unclaimedOnly: !isAll, limit: ROWS_SHOWN, search },
    ASK_EVERY_MS,
  );
  const list = useLast(answer);
  if (list === undefined)
    return <p className="muted">{problem === null ? 'Asking…' : `The core does not say: ${problem}.`}</p>;
  if (list.devices.length === 0) return <NoDevices isAll={isAll} search={search} />;
  return (
    <>
      <DevicesTable
        devices={list.devices}
        isAll={isAll}
        nowMs={nowMs}
        onClaim={(device) => onOpen({ dialog: 'claim', device })}
        onRelease={(device) => onOpen({ dialog: 'release', device })}
      />
      <p className="muted small">
        {list.matching > list.devices.length
          ? `The ${formatCount(list.devices.length)} last heard of ${formatCount(list.matching)} are shown; search for the others.`
          : `${formatCount(list.matching)} ${list.matching === 1 ? 'device' : 'devices'}.`}
        {problem !== null && ` Last known: ${problem}.`}
      </p>
    </>
  );
}

function NoDevices({ isAll, search }: { readonly isAll: boolean; readonly search: string }) {
  if (search !== '')
    return (
      <p className="muted">
        No {isAll ? '' : 'unclaimed '}device has “{search}” in its name. Clear the search to see all.
      </p>
    );
  if (isAll)
    return <p className="muted">No device yet. A book names them, or the first packet of one does.</p>;
  return <p className="muted">Every device that was heard is carried by a vehicle.</p>;
}
