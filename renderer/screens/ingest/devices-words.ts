import {
  type OdometerOrigin,
  odometerOrigins,
  type TrackerProvider,
  trackerProviderSchema,
} from '../../../core/protocol/book.ts';
import type { ClaimPreview, DeviceRow } from '../../../core/protocol/door-asks.ts';
import { formatCount, wordsOf } from '../../parts/formats.ts';
import { providerWords } from '../../parts/vehicle-words.ts';

/** A named situation as a person reads it, and what to do about it. */
export interface SituationWords {
  readonly name: string;
  readonly toDo: string;
}

const words: Readonly<Record<string, SituationWords | undefined>> = {
  'cloned-client-id': {
    name: 'Two clients use one client id',
    toDo: 'They throw each other out in turn. Give one of them a client id of its own.',
  },
  'second-address': {
    name: 'One tracker speaks from two addresses',
    toDo: 'An IMEI is no secret. Find out which of the two is the tracker, and narrow the networks of its group.',
  },
  'sign-in-locked': {
    name: 'Wrong passwords for an account',
    toDo: 'Ask whose account it is. If it was not that person, find out who was at this machine.',
  },
  'two-trackers': {
    name: 'Two trackers are claimed by one vehicle',
    toDo: 'Only the first is billed. Release the one that is no longer fitted.',
  },
  'tracker-moved': {
    name: 'A tracker was moved to another vehicle',
    toDo: 'Each vehicle keeps what was driven with it. Claim it back if this was a mistake.',
  },
  'tracker-in-another-vehicle': {
    name: 'A tracker reads the VIN of another vehicle',
    toDo: 'See which vehicle it sits in, and claim it for that one from the day it was fitted.',
  },
};

/** One that this window does not know yet is shown by its name. */
export function situationWords(situation: string): SituationWords {
  return words[situation] ?? { name: wordsOf(situation), toDo: 'See its detail.' };
}

/** Who or what a situation is about: feeds by the name people know, a vehicle by its registration. */
export function subjectWords(text: string, registrationOf: (vehicle: string) => string | undefined): string {
  const registration = registrationOf(text);
  if (registration !== undefined) return registration;
  return text
    .split(' ')
    .map((word) => {
      const provider = trackerProviderSchema.safeParse(word);
      return provider.success ? providerWords(provider.data) : word;
    })
    .join(' ');
}

/** The odometers a claim may bill: those it has sent, never one that a server worked out. */
export function billableOrigins(sent: readonly string[]): readonly OdometerOrigin[] {
  const billable = odometerOrigins.filter((origin) => origin !== 'server');
  const known = billable.filter((origin) => sent.includes(origin));
  return known.length > 0 ? known : billable;
}

/** From when a claim reaches back by default: since nobody carries it; a device never heard of, from now on. */
export function claimFromMs(
  { unclaimedSinceMs }: Pick<DeviceRow, 'unclaimedSinceMs'>,
  nowMs: number,
): number {
  return unclaimedSinceMs ?? nowMs;
}

/** Only of these a tracker speaks without proving who it is, so it is held to the networks of its group. */
export function isRawFeed(provider: TrackerProvider): boolean {
  return provider === 'teltonika' || provider === 'queclink';
}

export interface ClaimWordsInput {
  readonly preview: ClaimPreview;
  readonly vehicle: string;
  readonly registration: string;
  readonly isNewVehicle: boolean;
  /** The instant as the dialog shows it. */
  readonly from: string;
}

/** What a claim does, in sentences, money last. */
export function claimWords({
  preview,
  vehicle,
  registration,
  isNewVehicle,
  from,
}: ClaimWordsInput): string[] {
  const sentences: string[] = [];
  if (preview.waiting > 0)
    sentences.push(`${readings(preview.waiting)} since ${from} will count for ${registration}.`);
  for (const other of preview.carried) {
    if (other.vehicle === vehicle) continue;
    sentences.push(
      `${readings(other.readings)} since ${from} will move from ${other.registration} to ${registration}, and the miles with them.`,
    );
  }
  if (sentences.length === 0)
    sentences.push(`No reading has come since ${from}; what comes counts for ${registration}.`);
  return [...sentences, moneyWords(preview, registration, isNewVehicle)];
}

function moneyWords({ billedBy, isOnContract }: ClaimPreview, registration: string, isNew: boolean): string {
  if (isNew) return `${registration} is in no contract: its miles are kept and drawn, not billed.`;
  if (billedBy !== null) {
    return `${registration} stays billed by ${providerWords(billedBy.provider)} ${billedBy.device}: the miles of this tracker are kept beside it, not billed.`;
  }
  if (!isOnContract) return `${registration} is in no contract then: its miles are kept, not billed.`;
  return `Its miles are billed to the contract of ${registration}.`;
}

/** What a release does, in a sentence or two. */
export function releaseWords({ carried }: ClaimPreview, registration: string, at: string): string[] {
  const [first] = carried;
  if (first === undefined)
    return [`No reading has come since ${at}; what comes counts for no vehicle, and waits to be claimed.`];
  return [
    ...carried.map(
      (one) =>
        `${readings(one.readings)} since ${at} will no longer count for ${one.registration}, and the miles go with them.`,
    ),
    `They wait until the tracker is claimed again; what ${registration} drove before stays.`,
  ];
}

function readings(count: number): string {
  return `${formatCount(count)} odometer ${count === 1 ? 'reading' : 'readings'}`;
}

/**
 * An instant for a field of UTC, whole seconds, never after it: "2026-03-02 09:00:00". The same on every machine; the
 * browser's own field would write it as its country does.
 */
export function utcField(instantMs: number): string {
  return new Date(Math.floor(instantMs / 1_000) * 1_000).toISOString().slice(0, 19).replace('T', ' ');
}

/** The instant a field of UTC holds, seconds left out or not; null for one that is empty or no date. */
export function instantOfField(text: string): number | null {
  const [, date, time, seconds = ':00'] = UTC_FIELD.exec(text.trim()) ?? [];
  const instantMs = Date.parse(`${date}T${time}${seconds}Z`);
  // A 31st of February is taken for a 3rd of March: it has to read back as it was typed.
  return Number.isNaN(instantMs) || utcField(instantMs).slice(0, 10) !== date ? null : instantMs;
}

const UTC_FIELD = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(:\d{2})?Z?$/;
/** What such a field says of itself when it holds something else. */
export const UTC_FIELD_PROBLEM = 'give a date and a time like 2026-03-02 09:00:00, in UTC';

/** "2 Mar 2026 09:00:00 UTC". */
export function utcWords(instantMs: number): string {
  return `${utcWordsFormat.format(instantMs).replace(',', '')} UTC`;
}

const utcWordsFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'UTC',
});

/** A vehicle's id as people would make it of a registration: "MP26 AAB" is "MP26AAB". */
export function idOfRegistration(registration: string): string {
  return registration
    .toUpperCase()
    .replaceAll(/[^A-Z0-9-]/g, '')
    .slice(0, 64);
}
