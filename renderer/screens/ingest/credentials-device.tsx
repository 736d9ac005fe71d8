import { Select, TextInput } from '@mantine/core';
import { useDeferredValue, useState } from 'react';
import { builtInProviders, trackerProviderSchema } from '../../../core/protocol/book.ts';
import type { DeviceRow } from '../../../core/protocol/door-asks.ts';
import { useAsk } from '../../link/use-ask.ts';
import { useLast } from '../../link/use-last.ts';
import { providerWords } from '../../parts/vehicle-words.ts';
import type { CredentialDraft } from './credentials-words.ts';

/** As many as one looks through; the search finds the others. */
const DEVICES_LISTED = 50;

/** Which tracker a credential is for: one that is known, or a feed and a name as they are typed. */
export function CredentialDevice({ draft, onChange, problemOf }: CredentialDeviceProps) {
  const [search, setSearch] = useState('');
  const known = useKnownDevices(useDeferredValue(search));
  const mappings = useAsk('mapping.list', {}, null).answer ?? [];
  const feeds = [...builtInProviders, ...mappings.map(({ name }) => `mapped:${name}` as const)];
  const choose = (device: DeviceRow | undefined): void => {
    if (device === undefined) return;
    const isNameOurs = draft.username === '' || draft.username === draft.device;
    onChange({
      provider: device.provider,
      device: device.name,
      ...(isNameOurs ? { username: device.name } : {}),
    });
  };
  return (
    <>
      <Select
        label="A known device"
        placeholder="Type part of its name, or of a registration"
        data-autofocus
        searchable
        clearable
        nothingFoundMessage="No known device matches; give its feed and name below"
        filter={({ options }) => options}
        data={known.map((device) => ({ value: keyOf(device), label: labelOf(device) }))}
        searchValue={search}
        onSearchChange={setSearch}
        onChange={(key) => choose(known.find((device) => keyOf(device) === key))}
      />
      <div className="decision__row">
        <Select
          label="Feed"
          required
          searchable
          data={feeds.map((value) => ({ value, label: feedLabel(value) }))}
          value={draft.provider === '' ? null : draft.provider}
          error={problemOf('provider')}
          onChange={(provider) => onChange({ provider: provider ?? '' })}
        />
        <TextInput
          label="Device"
          description="Its name in that feed, such as an IMEI."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          required
          maxLength={128}
          value={draft.device}
          error={problemOf('device')}
          onChange={(event) => onChange({ device: event.currentTarget.value })}
        />
      </div>
    </>
  );
}

interface CredentialDeviceProps {
  readonly draft: CredentialDraft;
  readonly onChange: (change: Partial<CredentialDraft>) => void;
  readonly problemOf: (field: string) => string | undefined;
}

/** What is chosen stands in the search field, and is no search for itself. */
function useKnownDevices(search: string): readonly DeviceRow[] {
  const words = search.split(SEPARATOR)[0] ?? '';
  const { answer } = useAsk(
    'device.list',
    { unclaimedOnly: false, limit: DEVICES_LISTED, search: words },
    null,
  );
  return useLast(answer)?.devices ?? [];
}

const SEPARATOR = ' · ';

function keyOf({ provider, name }: DeviceRow): string {
  return `${provider} ${name}`;
}

function labelOf({ provider, name, registration }: DeviceRow): string {
  const parts = [name, providerWords(provider), registration];
  return parts.filter((part) => part !== null).join(SEPARATOR);
}

function feedLabel(provider: string): string {
  const parsed = trackerProviderSchema.safeParse(provider);
  return parsed.success ? providerWords(parsed.data) : provider;
}
