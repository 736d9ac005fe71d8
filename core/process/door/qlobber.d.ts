/** The part of qlobber we use; the package brings no types. */
declare module 'qlobber' {
  export interface QlobberOptions {
    readonly separator?: string;
    readonly wildcard_one?: string;
    readonly wildcard_some?: string;
    /** Lets the wildcard for one level stand for an empty one, as MQTT has it. */
    readonly match_empty_levels?: boolean;
    /** Levels a topic may have; one more makes `match` throw. */
    readonly max_words?: number;
  }

  export class Qlobber<Value> {
    constructor(options?: QlobberOptions);
    add(filter: string, value: Value): this;
    remove(filter: string, value?: Value): this;
    match(topic: string): Value[];
  }
}
