import { type AlarmList, bookFaultAlarm, intakeStoppedAlarm, raiseAlarm } from '../alarms/alarm-list.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { countUp } from '../fold/count-up.ts';
import type { CoreFailure, CoreStart } from '../protocol/process-messages.ts';
import type { Counts, Ready } from '../protocol/report.ts';
import type { ListenProblem } from './broker/listen.ts';
import { type Broker, startBroker } from './broker/start-broker.ts';
import { type CoreClock, drivenClock, systemClock } from './clock/core-clock.ts';
import { type ClockKeeper, startClockKeeper } from './clock/clock-keeper.ts';
import { answerControl } from './control/answer-control.ts';
import { type ControlChannel, startControlChannel } from './control/control-channel.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { reachedBy } from './door/tls-reach.ts';
import { type DoorPlan, keepCertificatesFresh, planDoor, warnOfReach } from './door/tls-start.ts';
import { openCredentialKey, warnOfLostKey } from './door/credential-key.ts';
import { DoorGate } from './door/gate.ts';
import { type DeskAnswerers, openDoorDesk } from './door/door-desk.ts';
import { ingestAnswerers } from './ingest/answer-ingest.ts';
import { IngestMonitor } from './ingest/ingest-monitor.ts';
import { answerersFor } from './feed/answer-asks.ts';
import { StatusReporter } from './feed/report-status.ts';
import { type LinkPort, WindowLink } from './feed/window-link.ts';
import type { Journal, JournalLog } from './journal/journal.ts';
import { openJournal } from './journal/open-journal.ts';
import { Outbound } from './outbound/outbound.ts';
import { openRawListeners } from './listeners/open-raw-listeners.ts';
import type { RawListeners } from './listeners/start-raw-listeners.ts';
import { applyRecords, type LiveWorld, restoreWorld, saveChanges, snapshotWorld } from './live-world.ts';
import { usePlatformText } from './platform-text.ts';
import { isSnapshotDue } from './snapshot/snapshot-due.ts';
import { MILEPOST_VERSION } from './version.ts';

/** The running core: broker, journal, fold, store and feed of one data folder. */
export interface Core {
  readonly ready: Ready;
  counts(): Counts;
  /** One more window to feed. */
  attachWindow(port: LinkPort): void;
  /** Drains, snapshots, lets go of the data folder. */
  stop(): Promise<Counts>;
}

/** What the core is built from, so that a test can put a failing journal in. */
export interface CoreParts {
  readonly log: JournalLog;
  readonly openJournal?: typeof openJournal;
}

const SAVE_EVERY_MS = 500;
const FRAME_EVERY_MS = 100;
const STATUS_EVERY_MS = 1_000;
const SNAPSHOT_EVERY_MS = 5 * 60_000;
/** Between them, when a flood comes in, a snapshot is made as soon as it is due. */
const SNAPSHOT_LOOK_EVERY_MS = 2_000;

/** Starts everything in the order data flows; the error says what to do about it. */
export async function startCore(start: CoreStart, parts: CoreParts): Promise<Result<Core, CoreFailure>> {
  usePlatformText();
  const folder = openDataFolder(start.data, start.clock, start.createSimulated ?? false);
  if (!folder.ok) return fail({ problem: folder.error });
  const clock = start.clock === 'driven' ? drivenClock() : systemClock();
  const opened = await (parts.openJournal ?? openJournal)(folder.value.journal, {
    clock: () => clock.nowMs(),
    log: parts.log,
  });
  if (!opened.ok) return fail({ problem: opened.error.message });
  const journal = opened.value;
  const live = await restoreWorld(folder.value, parts.log);
  const letGo = async (): Promise<void> => {
    live.readings.close();
    await journal.close();
  };
  if (live.world.nextPosition !== journal.nextPosition) {
    await letGo();
    return fail({ problem: recordsMissing(start.data, journal.nextPosition, live.world.nextPosition) });
  }
  if (clock.kind === 'driven') clock.moveTo(live.world.clockMs);
  // Certificates go by the machine's own clock, whatever drives ours: trackers check their dates by theirs.
  const door = await planDoor(start, folder.value.keys, Date.now());
  if (!door.ok) {
    await letGo();
    return fail({ problem: door.error });
  }
  const key = openCredentialKey(folder.value.keys);
  if (!key.ok) {
    await letGo();
    return fail({ problem: key.error });
  }
  warnOfLostKey(key.value, live.world.door, parts.log);
  const core = new RunningCore({
    start,
    folder: folder.value,
    door: door.value,
    credentialKey: key.value.key,
    clock,
    journal,
    live,
    log: parts.log,
  });
  const problem = await core.open();
  if (problem === null) return ok(core);
  await core.stop();
  return fail(problem);
}

/** What a core runs on, opened and checked. */
interface OpenedParts {
  readonly start: CoreStart;
  readonly folder: DataFolder;
  readonly door: DoorPlan;
  /** The key under which generated secrets are kept. */
  readonly credentialKey: Buffer;
  readonly clock: CoreClock;
  readonly journal: Journal;
  readonly live: LiveWorld;
  readonly log: JournalLog;
}

class RunningCore implements Core {
  readonly #start: CoreStart;
  readonly #folder: DataFolder;
  readonly #door: DoorPlan;
  readonly #clock: CoreClock;
  readonly #journal: Journal;
  readonly #live: LiveWorld;
  readonly #log: JournalLog;
  readonly #alarms: AlarmList = new Map();
  readonly #windows = new Set<WindowLink>();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #status: StatusReporter;
  readonly #monitor: IngestMonitor;
  readonly #outbound: Outbound;
  readonly #openDesk: () => DeskAnswerers;
  readonly #gate: DoorGate;
  #broker: Broker | null = null;
  #listeners: RawListeners | null = null;
  #control: ControlChannel | null = null;
  #keeper: ClockKeeper | null = null;
  /** How far the last snapshot goes. */
  #snapshotPosition: number;
  #snapshotting: Promise<void> = Promise.resolve();
  #isBookFaultTold = false;

  constructor({ start, folder, door, credentialKey, clock, journal, live, log }: OpenedParts) {
    this.#start = start;
    this.#folder = folder;
    this.#door = door;
    this.#clock = clock;
    this.#journal = journal;
    this.#live = live;
    this.#snapshotPosition = live.world.nextPosition - live.recordsReplayed;
    this.#log = log;
    this.#status = new StatusReporter();
    this.#monitor = new IngestMonitor(live.world);
    this.#outbound = new Outbound({ world: live.world, isSimulated: folder.isSimulated });
    this.#gate = new DoorGate({
      door: live.world.door,
      key: credentialKey,
      mayAnonymousHear: start.anonymousMayHear ?? false,
    });
    this.#openDesk = openDoorDesk({
      world: live.world,
      keysFolder: folder.keys,
      hosts: () => reachedBy(start.host),
      key: credentialKey,
      append: this.#append,
      money: {
        isSimulated: folder.isSimulated,
        journalFolder: folder.journal,
        evidenceFolder: folder.evidence,
      },
    });
  }

  readonly #append: Journal['append'] = (entry, settled) => this.#journal.append(entry, settled);

  get ready(): Ready {
    return {
      ready: true,
      pid: process.pid,
      mqtt: this.#broker?.port ?? 0,
      ...(this.#broker === null || this.#broker.securePort === null
        ? {}
        : { mqtts: this.#broker.securePort }),
      ...this.#listeners?.ready,
      ...(this.#control === null ? {} : { control: this.#control.port }),
      data: this.#folder.path,
    };
  }

  /** Joins the parts; null, or why it could not. */
  async open(): Promise<CoreFailure | null> {
    this.#journal.onCommit((records) => {
      applyRecords(this.#live.world, records);
      this.#monitor.noteCommitted(records);
      this.#outbound.noteCommitted(records);
      if (this.#gate.follow(records)) this.#broker?.recheck();
      this.#watchBook();
    });
    this.#journal.onFailure((failure) => this.#stopIntake(failure.message));
    await this.#appendFirstRecords();
    const { plainHost, secure } = this.#door;
    const broker = await startBroker({
      host: plainHost,
      port: this.#start.mqttPort,
      ...(secure === null ? {} : { secure: { ...secure, context: secure.certificates.serverContext() } }),
      gate: this.#gate,
      append: this.#monitor.timed(this.#append),
      teller: this.#outbound,
      log: this.#log,
    });
    if (!broker.ok) return brokerProblem(broker.error, this.#start.mqttPort);
    this.#broker = broker.value;
    this.#openDoor(broker.value);
    const listeners = await openRawListeners(this.#start, {
      world: this.#live.world,
      append: this.#monitor.timed(this.#append),
      log: this.#log,
    });
    if (!listeners.ok) return { problem: listeners.error };
    this.#listeners = listeners.value;
    await this.#startClock(this.#clock);
    this.#startTimers();
    return null;
  }

  #openDoor(broker: Broker): void {
    warnOfReach(this.#door, broker.securePort, this.#log);
    if (this.#door.secure === null) return;
    const use = broker.useCertificates.bind(broker);
    this.#timers.push(
      keepCertificatesFresh({ plan: this.#door, nowMs: () => Date.now(), use, log: this.#log }),
    );
  }

  /** A driven clock is moved from outside; the machine's own is put into the journal by a keeper. */
  async #startClock(clock: CoreClock): Promise<void> {
    this.#control = await startControlChannel({
      clock: clock.kind === 'driven' ? clock : null,
      append: this.#append,
      openAsk: () => {
        const answerers = { ...this.#openDesk(), ...this.#ingestAnswerers() };
        return (name, input) => answerControl(answerers, name, input);
      },
      folder: this.#folder.path,
    });
    if (clock.kind === 'driven') return;
    this.#keeper = startClockKeeper({
      clock,
      append: this.#append,
      nextDeadlineMs: () => this.#live.world.nextDeadlineMs,
    });
  }

  /** A note that the core runs, and in an empty folder the book, as decision of the one who started it. */
  async #appendFirstRecords(): Promise<void> {
    this.#journal.append({
      kind: 'note',
      note: {
        note: 'started',
        version: MILEPOST_VERSION,
        timeZoneData: process.versions['tz'] ?? 'unknown',
        simulated: this.#folder.isSimulated,
      },
    });
    const { book } = this.#start;
    if (book === undefined) return;
    if (this.#live.world.facility !== null) {
      this.#log('the data folder has a book already; the one given is not used');
      return;
    }
    const decision = {
      decision: 'load-book',
      actor: 'system',
      reason: 'book given at the first start',
      book,
    } as const;
    await new Promise<void>((resolve) =>
      this.#journal.append({ kind: 'decision', decision }, () => resolve()),
    );
  }

  #startTimers(): void {
    this.#timers.push(
      setInterval(() => saveChanges(this.#live), SAVE_EVERY_MS),
      setInterval(() => this.#sendFrames(), FRAME_EVERY_MS),
      setInterval(() => this.#sendStatus(), STATUS_EVERY_MS),
      setInterval(() => this.#snapshot(), SNAPSHOT_EVERY_MS),
      setInterval(() => this.#snapshotWhenDue(), SNAPSHOT_LOOK_EVERY_MS),
    );
  }

  #sendFrames(): void {
    for (const window of this.#windows) window.sendFrame();
  }

  #sendStatus(): void {
    if (this.#windows.size === 0) return;
    const status = this.#status.report({
      world: this.#live.world,
      isSimulated: this.#folder.isSimulated,
      clock: this.#clock,
      broker: this.#broker,
      listeners: this.#listeners,
      counts: this.counts(),
      alarms: [...this.#alarms.values()],
    });
    for (const window of this.#windows) window.sendStatus(status);
  }

  attachWindow(port: LinkPort): void {
    const { world, store } = this.#live;
    const answerers = {
      ...answerersFor(world, store, this.#folder.journal),
      ...this.#openDesk(),
      ...this.#ingestAnswerers(),
    };
    const window = new WindowLink(port, world, answerers);
    this.#windows.add(window);
    port.on('close', () => this.#windows.delete(window));
    this.#sendStatus();
  }

  #ingestAnswerers(): ReturnType<typeof ingestAnswerers> {
    const journalFolder = this.#folder.journal;
    return ingestAnswerers({ world: this.#live.world, monitor: this.#monitor, journalFolder });
  }

  counts(): Counts {
    return countUp(this.#live.world, {
      acknowledged:
        (this.#broker?.counters.acknowledged ?? 0) + (this.#listeners?.counters.acknowledged ?? 0),
      journal: { records: this.#journal.nextPosition, bytes: this.#journal.bytes },
    });
  }

  /** The journal failed: nothing is acknowledged any more, and a person has to act. */
  #stopIntake(message: string): void {
    this.#log('intake stopped', { problem: message });
    const alarm = intakeStoppedAlarm(message, this.#clock.nowMs());
    raiseAlarm(this.#alarms, alarm);
    this.#outbound.alarmRaised(alarm);
    this.#broker?.stopIntake(message);
    this.#listeners?.stopIntake(message);
    this.#sendStatus();
  }

  /** The fold found the book to break a rule: a person has to look, and is told once. */
  #watchBook(): void {
    const { fault } = this.#live.world.ledger;
    if (fault === null || this.#isBookFaultTold) return;
    this.#isBookFaultTold = true;
    this.#log('the book does not balance', { problem: fault });
    const alarm = bookFaultAlarm(fault, this.#clock.nowMs());
    raiseAlarm(this.#alarms, alarm);
    this.#outbound.alarmRaised(alarm);
    this.#sendStatus();
  }

  #snapshotWhenDue(): void {
    if (isSnapshotDue(this.#live.world.nextPosition, this.#snapshotPosition)) void this.#snapshot();
  }

  #snapshot(): Promise<void> {
    this.#snapshotPosition = this.#live.world.nextPosition;
    this.#snapshotting = this.#snapshotting
      .then(() => snapshotWorld(this.#folder, this.#live))
      .catch((error: unknown) => this.#log('a snapshot could not be written', { problem: String(error) }));
    return this.#snapshotting;
  }

  async stop(): Promise<Counts> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#keeper?.stop();
    await this.#control?.close();
    await Promise.all([this.#broker?.close(), this.#listeners?.close()]);
    await this.#journal.close();
    saveChanges(this.#live);
    await this.#snapshot();
    this.#live.readings.close();
    this.#status.stop();
    return this.counts();
  }
}

/** The next free port is offered for the plain port only, which is what the shell can choose another of. */
function brokerProblem(problem: ListenProblem, plainPort: number): CoreFailure {
  return problem.problem === 'port-in-use' && problem.port === plainPort
    ? { problem: problem.message, nextFreePort: problem.nextFree }
    : { problem: problem.message };
}

function recordsMissing(folder: string, journalEnds: number, snapshotAt: number): string {
  return (
    `The journal in ${folder} ends after ${journalEnds} records, but a snapshot was made after ${snapshotAt}: records are missing. ` +
    'Put the whole journal back from a copy; to go on without them, move the snapshots folder away.'
  );
}
