import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { AskAnswer } from '../../../core/protocol/link.ts';
import { useAsk } from '../../link/use-ask.ts';
import { NotYet } from '../../money/table-parts.tsx';
import { formatTenths } from '../../parts/formats.ts';
import { utcMoment } from '../../parts/times.ts';
import { wordsOfSource, wordsOfStatus } from '../charge/charge-words.ts';
import { EpochDialog } from './epoch-dialog.tsx';
import { JudgeDialog } from './judge-dialog.tsx';

const ASK_EVERY_MS = 2_000;
const READINGS_SHOWN = 200;

export type Quarantine = NonNullable<AskAnswer<'money.quarantine'>>;
export type HeldReading = Quarantine['readings'][number];

type Opened =
  | { readonly dialog: 'accept-reading' | 'reject-reading'; readonly reading: HeldReading }
  | { readonly dialog: 'open-epoch' }
  | null;

/** A vehicle's readings that the rules hold back, for a person to judge. */
export function QuarantineDialog({ vehicle, onClose }: QuarantineDialogProps) {
  const { answer, problem } = useAsk('money.quarantine', { vehicle, limit: READINGS_SHOWN }, ASK_EVERY_MS);
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Readings of ${answer?.registration ?? vehicle} that do not count`}
      size="min(980px, 94vw)"
      classNames={{ title: 'decision__title' }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {answer === undefined && <NotYet problem={problem} />}
      {answer === null && <p>No vehicle by this name has a billing series.</p>}
      {answer !== undefined && answer !== null && <Held vehicle={vehicle} quarantine={answer} />}
    </Modal>
  );
}

interface QuarantineDialogProps {
  readonly vehicle: string;
  readonly onClose: () => void;
}

function Held({ vehicle, quarantine }: HeldProps) {
  const [opened, setOpened] = useState<Opened>(null);
  const { readings, registration } = quarantine;
  const close = (): void => setOpened(null);
  return (
    <div className="money import-part">
      <div className="money-bar">
        <LastAccepted quarantine={quarantine} onOpen={setOpened} />
        <div className="money-bar__end">
          <Button size="xs" variant="default" onClick={() => setOpened({ dialog: 'open-epoch' })}>
            Odometer was replaced…
          </Button>
        </div>
      </div>
      {readings.length === 0 ? (
        <p className="muted">No reading is in quarantine.</p>
      ) : (
        <ReadingRows readings={readings} onOpen={setOpened} />
      )}
      {opened !== null && opened.dialog !== 'open-epoch' && (
        <JudgeDialog
          decision={opened.dialog}
          vehicle={vehicle}
          registration={registration}
          reading={opened.reading}
          onClose={close}
        />
      )}
      {opened?.dialog === 'open-epoch' && (
        <EpochDialog vehicle={vehicle} quarantine={quarantine} onClose={close} />
      )}
    </div>
  );
}

interface HeldProps {
  readonly vehicle: string;
  readonly quarantine: Quarantine;
}

/** The reading that the others are judged from; when they speak against it, it may be the one that is wrong. */
function LastAccepted({ quarantine, onOpen }: LastAcceptedProps) {
  const { lastAccepted, isSuspect } = quarantine;
  if (lastAccepted === null) return <p>No reading is accepted yet.</p>;
  return (
    <>
      <p>
        Last accepted: {formatTenths(lastAccepted.tenths, lastAccepted.unit)}, {utcMoment(lastAccepted.atMs)}.
        {isSuspect && <b> The readings after it speak against it.</b>}
      </p>
      {lastAccepted.position >= 0 && (
        <Button
          size="xs"
          variant="default"
          onClick={() => onOpen({ dialog: 'reject-reading', reading: lastAccepted })}
        >
          Reject it…
        </Button>
      )}
    </>
  );
}

interface LastAcceptedProps {
  readonly quarantine: Quarantine;
  readonly onOpen: (opened: Opened) => void;
}

interface ReadingRowsProps {
  readonly readings: readonly HeldReading[];
  readonly onOpen: (opened: Opened) => void;
}

function ReadingRows({ readings, onOpen }: ReadingRowsProps) {
  return (
    <div className="money-scroll">
      <table className="data-table" aria-label="Readings that do not count">
        <thead>
          <tr>
            <th scope="col">Why held</th>
            <th scope="col">Taken</th>
            <th scope="col">Received</th>
            <th scope="col">Source</th>
            <th scope="col" className="number">
              Odometer
            </th>
            <th scope="col" aria-label="Judge" />
          </tr>
        </thead>
        <tbody>
          {readings.map((reading) => (
            <ReadingLine
              key={`${reading.position} ${reading.atMs} ${reading.micrometres}`}
              reading={reading}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ReadingLine({ reading, onOpen }: ReadingLineProps) {
  const [word, meaning] = wordsOfStatus(reading.status);
  return (
    <tr>
      <td>
        {word}
        <span className="money-more">{meaning}</span>
      </td>
      <td>{utcMoment(reading.atMs)}</td>
      <td>{utcMoment(reading.receivedAtMs)}</td>
      <td>
        {wordsOfSource(reading.source)}
        <span className="money-more">packet {reading.position}</span>
      </td>
      <td className="number">{formatTenths(reading.tenths, reading.unit)}</td>
      <td className="judge-acts">
        <Button size="xs" variant="default" onClick={() => onOpen({ dialog: 'accept-reading', reading })}>
          Accept…
        </Button>
        <Button size="xs" variant="default" onClick={() => onOpen({ dialog: 'reject-reading', reading })}>
          Reject…
        </Button>
      </td>
    </tr>
  );
}

interface ReadingLineProps {
  readonly reading: HeldReading;
  readonly onOpen: (opened: Opened) => void;
}
