import { InvalidArgumentError } from 'commander';
import { addRawPort, type RawPorts } from '../protocol/raw-topic.ts';

/** Adds one `NAME=N` of `--tcp-port` or `--udp-port` to those before it; says what was wrong with it. */
export function rawPortOption(option: string): (text: string, before?: RawPorts) => RawPorts {
  return (text, before = {}) => {
    const added = addRawPort(text, before);
    if (added.ok) return added.value;
    throw new InvalidArgumentError(`${option} ${text}: ${added.error}`);
  };
}
