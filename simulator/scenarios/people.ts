import { randomBytes } from 'node:crypto';
import { must } from '../../core/base/assert.ts';
import { type ProductDesk, productDesk } from '../run/ask-product.ts';
import type { Endpoints } from '../run/publisher.ts';
import type { OdometerText } from '../trackers/odometer-text.ts';
import { exactKilometres } from './exact-kilometres.ts';

/** Who decides in a simulated product: one adds accounts, two others may do together what takes two people. */
const ADMINISTRATOR = 'sim-ada';
const PROPOSER = 'sim-finn';
const APPROVER = 'sim-bea';

/** Decisions people take in a product, over its control channel. Every refusal is an error with the product's words. */
export class People {
  private readonly endpoints: () => Endpoints;
  private readonly passwords = new Map<string, string>();
  private readonly desks = new Map<string, ProductDesk>();
  private readonly needsTwo: boolean;

  /** `needsTwo` when something is to be decided that takes two people: then all sign in. */
  constructor(endpoints: () => Endpoints, needsTwo: boolean) {
    this.endpoints = endpoints;
    this.needsTwo = needsTwo;
  }

  /** Waives what may be waived of a period's exceptions, and closes it. */
  async closePeriod(contract: string, period: number, reason: string): Promise<void> {
    const desk = await this.desk(PROPOSER);
    const preview = valueOf(await desk.ask('money.preview', { contract, period }), 'money.preview');
    if (preview === null) throw new Error(`there is no period ${period} of ${contract}`);
    for (const { exception, canBeWaived, waived } of preview.exceptions) {
      if (!canBeWaived || waived !== null) continue;
      await this.decide(PROPOSER, { decision: 'waive-exception', contract, period, exception, reason });
    }
    const { document } = preview;
    if (document === null) throw new Error(`nothing is due for period ${period} of ${contract}`);
    const input = { contract, period, previewNetPence: document.netPence, reason };
    const issued = valueOf(await desk.ask('money.issue', input), 'money.issue');
    if (!issued.ok) throw new Error(`period ${period} of ${contract} was not closed: ${issued.problem}`);
  }

  /** The instrument of a vehicle showed `closing` last; the new one shows so many kilometres more. */
  async replaceOdometer(vehicle: string, atMs: number, closing: OdometerText, byKm: number): Promise<void> {
    const proposal = await this.decide(PROPOSER, {
      decision: 'open-epoch',
      vehicle,
      at: new Date(atMs).toISOString(),
      closing: exactKilometres(closing, 0),
      opening: exactKilometres(closing, byKm),
      unit: 'km',
      reason: 'the instrument was replaced',
    });
    if (proposal === null) throw new Error('replacing an odometer waits for a second person, and did not');
    await this.decide(APPROVER, { decision: 'approve', proposal, reason: 'seen the photographs' });
  }

  close(): void {
    for (const desk of this.desks.values()) desk.close();
  }

  /** The proposal that waits for a second person; null when it is in force at once. */
  private async decide(who: string, decision: Readonly<Record<string, unknown>>): Promise<string | null> {
    const desk = await this.desk(who);
    const answer = valueOf(await desk.ask('decide', { decision }), 'decide');
    if (!answer.ok) throw new Error(`${String(decision['decision'])}: ${answer.field}: ${answer.problem}`);
    return 'proposal' in answer ? answer.proposal : null;
  }

  /** A session belongs to its connection, which a restart of the product ends: so each desk signs in when it opens. */
  private async desk(who: string): Promise<ProductDesk> {
    const known = this.desks.get(who);
    if (known !== undefined && (await this.isSignedIn(known))) return known;
    if (this.needsTwo && this.passwords.size === 0) await this.addAccounts();
    const desk = known ?? productDesk(this.endpoints);
    this.desks.set(who, desk);
    if (this.needsTwo) await this.signIn(desk, who);
    return desk;
  }

  private async isSignedIn(desk: ProductDesk): Promise<boolean> {
    if (!this.needsTwo) return true;
    const now = await desk.ask('session.now', { isInUse: true });
    return now.ok && now.value.signedIn !== null;
  }

  private async addAccounts(): Promise<void> {
    const desk = productDesk(this.endpoints);
    this.desks.set(ADMINISTRATOR, desk);
    for (const [account, roles] of [
      [ADMINISTRATOR, ['administrator']],
      [PROPOSER, ['finance']],
      [APPROVER, ['finance']],
    ] as const) {
      const password = randomBytes(18).toString('base64url');
      this.passwords.set(account, password);
      const input = { account, name: account, roles: [...roles], password, reason: 'a simulated office' };
      const added = valueOf(await desk.ask('account.add', input), 'account.add');
      if (!added.ok) throw new Error(`the account ${account} was not added: ${added.problem}`);
      if (account === ADMINISTRATOR) await this.signIn(desk, ADMINISTRATOR);
    }
  }

  private async signIn(desk: ProductDesk, account: string): Promise<void> {
    const password = must(this.passwords.get(account), 'an account of ours');
    const answer = valueOf(await desk.ask('session.sign-in', { account, password }), 'session.sign-in');
    if (!answer.ok) throw new Error(`${account} could not sign in: ${answer.problem}`);
  }
}

function valueOf<T>(
  answer: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string },
  ask: string,
): T {
  if (!answer.ok) throw new Error(`${ask}: ${answer.error}`);
  return answer.value;
}
