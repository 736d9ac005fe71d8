import { fail, ok, type Result } from '../../base/result.ts';
import type { DecodedPacket, TrackerPacket } from '../decoded-packet.ts';
import { isDeviceName } from '../device-id.ts';
import { readTextPayload } from '../json-payload.ts';
import { type OvmsState, STATE_BY_ALERT, STATE_BY_EVENT, TAKE_BY_METRIC } from './ovms-values.ts';
import type { ReadingDraft } from '../reading.ts';
import type { Refusal } from '../refusal.ts';
import { isLevel, levelAfter, levelBefore } from '../topic-levels.ts';
import { Findings, isNoValue, shown } from '../vendor-fields.ts';

/** `ovms/<user>/<vehicle id>/<branch>/<name>`; the owner may have set more or fewer levels in front of the vehicle. */
interface OvmsTopic {
  /** The levels between `ovms` and the vehicle: the account whose vehicle it is; null without any. */
  readonly owner: string | null;
  readonly device: string;
  readonly branch: string;
  /** What follows the branch, dots as slashes; empty for the event topic whose payload is the name. */
  readonly name: string;
}

/** True for a topic laid out as an OVMS module's, its prefix beginning with `ovms`. */
export function isOvmsTopic(topic: string): boolean {
  return branchStart(topic) >= 0;
}

/**
 * Decodes one publish of an OVMS v3 module: one value as plain text, in the metric's native unit. No metric has a
 * time, so a reading has none (rule M2b). The vehicle's name is its owner's choice, unique in that owner's account.
 */
export function decodeOvms(packet: TrackerPacket): Result<DecodedPacket, Refusal> {
  const topic = ovmsTopic(packet.topic);
  if (topic === null) {
    return refuse(
      'unknown-topic',
      `${shown(packet.topic)} is not ovms/<user>/<vehicle id>/metric/<name> or a sibling`,
    );
  }
  const { owner, device } = topic;
  if (!isDeviceName(device) || (owner !== null && !owner.split('/').every(isDeviceName))) {
    return refuse(
      'bad-device-id',
      `${shown(owner === null ? device : `${owner}/${device}`)} names no vehicle`,
    );
  }
  const text = readTextPayload(packet.payload);
  if (!text.ok) return text;
  const named = owner === null ? { device } : { device, scope: owner };
  return decodeBranch(named, topic, text.value.trim());
}

const PREFIX = 'ovms/';

function ovmsTopic(topic: string): OvmsTopic | null {
  const branchAt = branchStart(topic);
  if (branchAt < 0) return null;
  const deviceAt = levelBefore(topic, branchAt);
  const nameAt = levelAfter(topic, branchAt);
  return {
    owner: deviceAt === PREFIX.length ? null : topic.slice(PREFIX.length, deviceAt - 1),
    device: topic.slice(deviceAt, branchAt - 1),
    branch: nameAt < 0 ? topic.slice(branchAt) : topic.slice(branchAt, nameAt - 1),
    name: nameAt < 0 ? '' : topic.slice(nameAt),
  };
}

/** The branch stands fourth by default. With another prefix it is the first level that can be one, after a vehicle. */
function branchStart(topic: string): number {
  if (!topic.startsWith(PREFIX)) return -1;
  const third = levelAfter(topic, PREFIX.length);
  if (third < 0) return -1;
  const fourth = levelAfter(topic, third);
  if (fourth >= 0 && isBranch(topic, fourth)) return fourth;
  for (let at = third; at >= 0; at = levelAfter(topic, at)) if (isBranch(topic, at)) return at;
  return -1;
}

const BRANCHES = ['metric', 'event', 'notify', 'client'] as const;

function isBranch(topic: string, at: number): boolean {
  const slashAt = topic.indexOf('/', at);
  const next = (slashAt < 0 ? topic.length : slashAt) + 1;
  for (const branch of BRANCHES) if (isLevel(topic, at, next, branch)) return true;
  return false;
}

type Named = Pick<DecodedPacket, 'device' | 'scope'>;

function decodeBranch(named: Named, topic: OvmsTopic, text: string): Result<DecodedPacket, Refusal> {
  const { branch, name } = topic;
  // An event's name is in the payload of the older form, and in the topic of the newer one.
  if (branch === 'event') return withState(named, STATE_BY_EVENT.get(dotted(name === '' ? text : name)));
  if (name === '') return refuse('unknown-resource', `nothing follows ${shown(branch)} in the topic`);
  if (branch === 'metric') return decodeMetric(named, name, text);
  // Another program asks the module, or the module answers it: nothing about the vehicle.
  if (branch === 'client') return decoded(named, 'command', []);
  return withState(named, STATE_BY_ALERT.get(alertName(name)));
}

function dotted(name: string): string {
  return name.replaceAll('/', '.');
}

/** Of notices only alerts are looked at; `notify/data/…` is history in lines of a shape per subtype. */
function alertName(name: string): string {
  return name.startsWith('alert/') ? dotted(name.slice('alert/'.length)) : '';
}

function withState(named: Named, state: OvmsState | undefined): Result<DecodedPacket, Refusal> {
  if (state === undefined) return decoded(named, 'status', []);
  return decoded(named, 'readings', [{ device: named.device, observedAtMs: null, ...state }]);
}

function decodeMetric(named: Named, name: string, text: string): Result<DecodedPacket, Refusal> {
  if (name === 's/v3/connected') return decodeConnected(named, text);
  const take = TAKE_BY_METRIC.get(name);
  if (take === undefined) return decoded(named, 'status', []);
  const findings = new Findings();
  const reading: ReadingDraft = { device: named.device, observedAtMs: null };
  const isTaken = take(findings, reading, text);
  if (findings.refusal !== null) return fail(findings.refusal);
  return decoded(named, 'readings', isTaken ? [reading] : []);
}

/** The module's last will, too: "no" then comes from the broker it was connected to. */
function decodeConnected(named: Named, text: string): Result<DecodedPacket, Refusal> {
  if (isNoValue(text)) return decoded(named, 'status', []);
  if (text === 'yes' || text === 'no') return decoded(named, 'status', [], text === 'yes');
  return refuse('unexpected-shape', `s.v3.connected is ${shown(text)}, neither yes nor no`);
}

function decoded(
  named: Named,
  kind: DecodedPacket['kind'],
  readings: DecodedPacket['readings'],
  isOnline?: boolean,
): Result<DecodedPacket, Refusal> {
  const packet: DecodedPacket = { provider: 'ovms', kind, ...named, readings };
  return ok(isOnline === undefined ? packet : { ...packet, isOnline });
}

function refuse(reason: Refusal['reason'], detail: string): Result<DecodedPacket, Refusal> {
  return fail({ reason, detail });
}
