import type { BrokerLimits } from './broker-limits.ts';
import type { Admission, Gate } from './gate.ts';

export type TopicVerdict = 'allowed' | 'not-allowed' | 'over-limit';

/** Topics whose verdict is remembered: a car has a topic a field, of which some dozens are sent. */
const REMEMBERED_OF_DEVICE_MAX = 64;
/** Of a bridge that speaks for hundreds: a megabyte at most, and there are few of them. */
const REMEMBERED_OF_MANY_MAX = 8_192;

/** What one client may publish. The gate is asked once for each topic, until it says that its answers may be others. */
export class PublishRights {
  readonly admission: Admission;
  readonly #gate: Gate;
  readonly #limits: BrokerLimits;
  readonly #rememberedMax: number;
  readonly #verdictByTopic = new Map<string, TopicVerdict>();
  #lastTopic = '';
  #lastVerdict: TopicVerdict = 'not-allowed';
  #version = -1;

  constructor(admission: Admission, gate: Gate, limits: BrokerLimits) {
    this.admission = admission;
    this.#gate = gate;
    this.#limits = limits;
    this.#rememberedMax = admission.role === 'device' ? REMEMBERED_OF_DEVICE_MAX : REMEMBERED_OF_MANY_MAX;
  }

  get isAuthenticated(): boolean {
    return this.admission.role !== 'anonymous';
  }

  judge(topic: string): TopicVerdict {
    const version = this.#gate.version();
    if (version !== this.#version) {
      this.#version = version;
      this.#verdictByTopic.clear();
    } else if (topic === this.#lastTopic) return this.#lastVerdict;
    this.#lastVerdict = this.#remembered(topic);
    this.#lastTopic = topic;
    return this.#lastVerdict;
  }

  #remembered(topic: string): TopicVerdict {
    const known = this.#verdictByTopic.get(topic);
    if (known !== undefined) return known;
    const verdict = this.#ask(topic);
    if (this.#verdictByTopic.size >= this.#rememberedMax) this.#verdictByTopic.clear();
    this.#verdictByTopic.set(topic, verdict);
    return verdict;
  }

  #ask(topic: string): TopicVerdict {
    const { topicCharactersMax, topicLevelsMax } = this.#limits;
    if (topic.length > topicCharactersMax || levelsOf(topic) > topicLevelsMax) return 'over-limit';
    return this.#gate.mayPublish(this.admission, topic) ? 'allowed' : 'not-allowed';
  }
}

function levelsOf(topic: string): number {
  let levels = 1;
  for (let at = topic.indexOf('/'); at >= 0; at = topic.indexOf('/', at + 1)) levels += 1;
  return levels;
}
