import { Command } from 'commander';
import { expect, test } from 'vitest';
import { rawPortOption } from './raw-port-option.ts';

function portsOf(...words: string[]): unknown {
  const program = new Command()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .option('--tcp-port <name=port...>', '', rawPortOption('--tcp-port'));
  return program.parse(words, { from: 'user' }).opts();
}

test('ports are given one by one or several at once', () => {
  const both = { tcpPort: { teltonika: 5027, queclink: 0 } };
  expect(portsOf('--tcp-port', 'teltonika=5027', '--tcp-port', 'queclink=0')).toEqual(both);
  expect(portsOf('--tcp-port', 'teltonika=5027', 'queclink=0')).toEqual(both);
});

test.each([
  ['5027', 'use one of teltonika, queclink with a port'],
  ['teltonika', 'use one of'],
  ['teltonika=70000', 'use one of'],
  ['teltonika=-1', 'use one of'],
  ['tesla=5027', 'use one of'],
])('%s is refused in words', (text, words) => {
  expect(() => portsOf('--tcp-port', text)).toThrow(words);
});

test('a feed has one port', () => {
  expect(() => portsOf('--tcp-port', 'teltonika=1', 'teltonika=2')).toThrow('teltonika has a port already');
});
