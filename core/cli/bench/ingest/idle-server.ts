import { readFileSync } from 'node:fs';
import { createServer as createPlain, type Server, type Socket } from 'node:net';
import { createServer as createTls } from 'node:tls';

/**
 * The floor under a connection, a program: `idle-server.js [<file with certificate and key, PEM>]` takes connections,
 * over TLS 1.3 when it has a certificate, answers the first packet as accepted, and knows nothing of who is there.
 * Prints its port when it listens.
 */
const [pemFile] = process.argv.slice(2);
const CONNACK = Buffer.from([0x20, 2, 0, 0]);

const server = newServer(pemFile);
server.listen({ host: '127.0.0.1', port: 0, backlog: 4_096 }, () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' && address !== null ? address.port : 0}\n`);
});
process.once('SIGTERM', () => process.exit(0));

function newServer(file: string | undefined): Server {
  if (file === undefined) return createPlain({ noDelay: true }, welcome);
  const pem = readFileSync(file, 'utf8');
  return createTls({ cert: pem, key: pem, minVersion: 'TLSv1.3', noDelay: true }, welcome);
}

function welcome(socket: Socket): void {
  socket.on('error', fail);
  socket.on('data', answer);
}

/* One function for all sockets: a closure each would be memory each. */
function fail(this: Socket): void {
  this.destroy();
}

function answer(this: Socket): void {
  this.write(CONNACK);
}
