import { unreachable } from '../base/assert.ts';
import type { Decision, DecisionOf } from '../protocol/decision.ts';
import { isMoneyDecision } from '../protocol/money-decision.ts';
import { moneyProblem } from './check-money.ts';
import { accountProblem } from './check-access.ts';
import { proposeProblem, settleProblem } from './check-proposal.ts';
import { type DecisionProblem, problem } from './decision-problem.ts';
import { bindingAt, deviceOf } from './devices.ts';
import { mappingProblem } from './mappings-on.ts';
import type { World } from './world.ts';

export type { DecisionProblem } from './decision-problem.ts';

/**
 * Holds a decision against the world as it stands, before it is journalled; null when it may be taken. The fold takes
 * what is in the journal without asking again.
 */
export function decisionProblem(world: World, decision: Decision): DecisionProblem | null {
  if (isMoneyDecision(decision)) return moneyProblem(world, decision);
  switch (decision.decision) {
    case 'load-book':
      return world.facility === null ? null : problem('book', 'this data folder has its book already');
    case 'claim-device':
      return claimProblem(world, decision);
    case 'release-device':
      return releaseProblem(world, decision);
    case 'issue-credential':
      return issueProblem(world, decision);
    case 'revoke-credential':
      return revokeProblem(world, decision);
    case 'allow-networks':
      return null;
    case 'switch-mapping':
      return decision.isOn ? mappingProblem(world.door, decision) : null;
    case 'add-account':
    case 'change-password':
    case 'disable-account':
    case 'set-roles':
      return accountProblem(world, decision);
    case 'propose':
      return proposeProblem(world, decision, decisionProblem);
    case 'approve':
    case 'decline':
    case 'withdraw':
      return settleProblem(world, decision, decisionProblem);
    default:
      return unreachable(decision);
  }
}

function claimProblem(world: World, claim: DecisionOf<'claim-device'>): DecisionProblem | null {
  const slot = world.slotByVehicle.get(claim.vehicle);
  const vehicle = slot === undefined ? undefined : world.vehicles[slot];
  if (vehicle === undefined && claim.newVehicle === undefined)
    return problem('vehicle', `no vehicle "${claim.vehicle}"; give one of the book's, or describe a new one`);
  if (vehicle !== undefined && claim.newVehicle !== undefined)
    return problem('newVehicle', `there is a vehicle "${claim.vehicle}" already`);
  if (vehicle?.isClaimed === false)
    return problem('vehicle', `"${claim.vehicle}" is a tracker nobody claimed, not a vehicle`);
  if (claim.newVehicle !== undefined && claim.newVehicle.id !== claim.vehicle)
    return problem(
      'newVehicle.id',
      `the new vehicle's id is "${claim.newVehicle.id}", not "${claim.vehicle}"`,
    );
  const device = deviceOf(world, claim.provider, claim.device);
  const fromMs = Date.parse(claim.from);
  const binding = device === null ? null : bindingAt(device, fromMs);
  if (vehicle === undefined || binding === null || binding.slot !== vehicle.slot) return null;
  if (binding.fromMs > fromMs || binding.toMs !== Number.POSITIVE_INFINITY) return null;
  const since = new Date(binding.fromMs).toISOString();
  return problem('device', `${vehicle.registration} has had this tracker since ${since} already`);
}

function releaseProblem(world: World, release: DecisionOf<'release-device'>): DecisionProblem | null {
  const device = deviceOf(world, release.provider, release.device);
  if (device === null)
    return problem('device', `no device "${release.device}" of ${release.provider} is known`);
  const atMs = Date.parse(release.at);
  if (device.bindings.some(({ toMs }) => toMs > atMs)) return null;
  return problem('at', `no vehicle carries "${release.device}" at ${release.at} or after`);
}

function issueProblem(
  { door }: World,
  { credential }: DecisionOf<'issue-credential'>,
): DecisionProblem | null {
  if (door.credentials.has(credential.credential))
    return problem('credential', `there is a credential "${credential.credential}" already`);
  for (const { credential: other, revokedAtMs } of door.credentials.values()) {
    if (revokedAtMs === null && other.username === credential.username)
      return problem('username', `"${credential.username}" has a credential already; revoke it first`);
  }
  if (credential.role === 'device' && credential.device === null)
    return problem('device', "a device's credential names its device");
  if (credential.role !== 'subscriber' && credential.publish.length === 0)
    return problem('publish', 'name at least one topic filter it may publish on');
  if (credential.role === 'subscriber' && credential.publish.length > 0)
    return problem('publish', 'a subscriber publishes nothing');
  return null;
}

function revokeProblem(
  { door }: World,
  { credential }: DecisionOf<'revoke-credential'>,
): DecisionProblem | null {
  const issued = door.credentials.get(credential);
  if (issued === undefined) return problem('credential', `there is no credential "${credential}"`);
  return issued.revokedAtMs === null
    ? null
    : problem('credential', `it was revoked at ${new Date(issued.revokedAtMs).toISOString()} already`);
}
