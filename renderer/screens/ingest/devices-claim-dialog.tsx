import { Autocomplete, SegmentedControl, Select, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { DeviceRow } from '../../../core/protocol/door-asks.ts';
import { useCore } from '../../link/core-context.tsx';
import { useAsk } from '../../link/use-ask.ts';
import { useDecide } from '../../link/use-decide.ts';
import { DecisionDialog } from '../../parts/decision-dialog.tsx';
import { formatCount, formatRaw } from '../../parts/formats.ts';
import { originWords, providerWords } from '../../parts/vehicle-words.ts';
import { type ClaimDraft, claimDecision, claimDraftProblems, newClaimDraft } from './devices-claim-draft.ts';
import { NewVehicleFields } from './devices-new-vehicle.tsx';
import { billableOrigins, claimWords, instantOfField, isRawFeed, utcWords } from './devices-words.ts';

const FIELDS = [
  'vehicle',
  'newVehicle.registration',
  'newVehicle.make',
  'newVehicle.model',
  'newVehicle.id',
  'origin',
  'from',
  'group',
];
/** A list of more is searched, not scrolled. */
const VEHICLES_LISTED = 100;

/** Says which vehicle carries a tracker, and tells what that does before it is done. */
export function ClaimDialog({ device, onClose }: ClaimDialogProps) {
  const { link } = useCore();
  const decide = useDecide();
  const [draft, setDraft] = useState(() => newClaimDraft(device, link.nowMs()));
  const change = (changed: Partial<ClaimDraft>): void => setDraft((before) => ({ ...before, ...changed }));
  return (
    <DecisionDialog
      title={`${device.vehicle === null ? 'Claim' : 'Move'} ${device.name}`}
      confirm={device.vehicle === null ? 'Claim' : 'Move'}
      size="min(680px, 94vw)"
      fields={FIELDS}
      check={() => claimDraftProblems(draft)}
      send={(reason) => decide(claimDecision(draft, device, reason))}
      onDone={onClose}
      onClose={onClose}
      consequence={<ClaimConsequence device={device} draft={draft} />}
    >
      {(problemOf) => (
        <>
          <DeviceFacts device={device} />
          <WhoCarries draft={draft} onChange={change} problemOf={problemOf} />
          <div className="decision__row">
            <Select
              label="Which odometer is billed"
              data={billableOrigins(device.origins).map((value) => ({ value, label: originWords[value] }))}
              value={draft.origin}
              allowDeselect={false}
              error={problemOf('origin')}
              onChange={(origin) => origin !== null && change({ origin })}
            />
            <TextInput
              label="From when (UTC)"
              value={draft.from}
              error={problemOf('from')}
              onChange={(event) => change({ from: event.currentTarget.value })}
            />
          </div>
          {isRawFeed(device.provider) && (
            <GroupField draft={draft} onChange={change} problem={problemOf('group')} />
          )}
        </>
      )}
    </DecisionDialog>
  );
}

interface ClaimDialogProps {
  readonly device: DeviceRow;
  readonly onClose: () => void;
}

function DeviceFacts({ device }: { readonly device: DeviceRow }) {
  const { lastOdometer: last, readingsWaiting } = device;
  return (
    <dl className="claim__device">
      <div>
        <dt>Feed</dt>
        <dd>{providerWords(device.provider)}</dd>
      </div>
      {device.vehicle === null && (
        <div>
          <dt>Last odometer</dt>
          <dd>{last === null ? 'none yet' : formatRaw(last.rawText, last.rawUnit)}</dd>
        </div>
      )}
      <div>
        <dt>{device.vehicle === null ? 'Readings waiting' : 'Carried by'}</dt>
        <dd>{device.vehicle === null ? formatCount(readingsWaiting) : device.registration}</dd>
      </div>
    </dl>
  );
}

interface WhoCarriesProps {
  readonly draft: ClaimDraft;
  readonly onChange: (change: Partial<ClaimDraft>) => void;
  readonly problemOf: (field: string) => string | undefined;
}

function WhoCarries({ draft, onChange, problemOf }: WhoCarriesProps) {
  const { fleet } = useCore();
  const vehicles = fleet
    .roster()
    .filter(({ isClaimed }) => isClaimed)
    .map(({ vehicle, registration, make, model }) => ({
      value: vehicle,
      label: `${registration} · ${make} ${model}`,
    }))
    .toSorted((a, b) => a.label.localeCompare(b.label, 'en-GB'));
  return (
    <>
      <SegmentedControl
        aria-label="Who carries it"
        data={[
          { value: 'known', label: 'A vehicle of the book' },
          { value: 'new', label: 'A new vehicle' },
        ]}
        value={draft.isNewVehicle ? 'new' : 'known'}
        onChange={(value) => onChange({ isNewVehicle: value === 'new' })}
      />
      {draft.isNewVehicle ? (
        <NewVehicleFields
          vehicle={draft.newVehicle}
          problemOf={problemOf}
          onChange={(newVehicle) => onChange({ newVehicle })}
        />
      ) : (
        <Select
          label="Vehicle"
          placeholder="Type a registration"
          data-autofocus
          required
          searchable
          limit={VEHICLES_LISTED}
          nothingFoundMessage="No vehicle of the book matches"
          data={vehicles}
          value={draft.vehicle}
          error={problemOf('vehicle')}
          onChange={(vehicle) => onChange({ vehicle })}
        />
      )}
    </>
  );
}

interface GroupFieldProps {
  readonly draft: ClaimDraft;
  readonly onChange: (change: Partial<ClaimDraft>) => void;
  readonly problem: string | undefined;
}

function GroupField({ draft, onChange, problem }: GroupFieldProps) {
  const { answer = [] } = useAsk('network.list', {}, null);
  return (
    <Autocomplete
      label="Group"
      description="Whose networks it may come from: raw trackers prove nothing about themselves."
      data={[...new Set(['default', ...answer.map(({ group }) => group)])]}
      value={draft.group}
      maxLength={64}
      error={problem}
      onChange={(group) => onChange({ group })}
    />
  );
}

function ClaimConsequence({ device, draft }: { readonly device: DeviceRow; readonly draft: ClaimDraft }) {
  const { fleet } = useCore();
  const fromMs = instantOfField(draft.from);
  const chosen = fleet.roster().find(({ vehicle }) => vehicle === draft.vehicle);
  const registration = draft.isNewVehicle ? draft.newVehicle.registration.trim() : chosen?.registration;
  if (registration === undefined || registration === '' || fromMs === null)
    return <span className="muted">Choose a vehicle and a time to see what this does.</span>;
  return <ClaimSentences device={device} draft={draft} registration={registration} fromMs={fromMs} />;
}

interface ClaimSentencesProps {
  readonly device: DeviceRow;
  readonly draft: ClaimDraft;
  readonly registration: string;
  readonly fromMs: number;
}

function ClaimSentences({ device, draft, registration, fromMs }: ClaimSentencesProps): ReactNode {
  const vehicle = draft.isNewVehicle ? null : draft.vehicle;
  const { answer, problem } = useAsk(
    'device.preview',
    { provider: device.provider, device: device.name, vehicle, origin: draft.origin, fromMs },
    2_000,
  );
  if (answer === undefined)
    return <span className="muted">{problem === null ? 'Counting…' : `Not known: ${problem}.`}</span>;
  const isNewVehicle = draft.isNewVehicle;
  return claimWords({
    preview: answer,
    vehicle: vehicle ?? '',
    registration,
    isNewVehicle,
    from: utcWords(fromMs),
  }).map((sentence) => <p key={sentence}>{sentence}</p>);
}
