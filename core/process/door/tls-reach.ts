import { isIP, isIPv4 } from 'node:net';
import os from 'node:os';

const EVERY_IPV4_ADDRESS = '0.0.0.0';
/** IPv4 as well. */
const EVERY_ADDRESS = '::';
/** What a certificate can carry as a name. */
const NAME = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/iu;

/** Whether an address is reached from this machine only. A name other than localhost counts as outside. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

/** Whether it is an address of a machine, or localhost: what --host may be. */
export function isListenAddress(host: string): boolean {
  return host === 'localhost' || isIP(host) !== 0;
}

/** Every name and address a server on `host` is reached by, now: for the certificate it shows. */
export function reachedBy(host: string): string[] {
  const names = ['localhost', os.hostname()].filter((name) => NAME.test(name));
  return [...new Set([...names, '127.0.0.1', '::1', ...addressesOf(host)])];
}

function addressesOf(host: string): string[] {
  if (host === EVERY_ADDRESS) return addressesOfThisMachine();
  if (host === EVERY_IPV4_ADDRESS) return addressesOfThisMachine().filter((address) => isIPv4(address));
  return [host];
}

function addressesOfThisMachine(): string[] {
  return Object.values(os.networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, scopeid = 0 }) => !internal && scopeid === 0)
    .map(({ address }) => address);
}
