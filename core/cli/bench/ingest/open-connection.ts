import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { generate } from 'mqtt-packet';

/** How a client gets in where a stranger does not: who it is, and over TLS the authority it trusts. */
export interface ClientPass {
  readonly username: string;
  readonly password: string;
  /** PEM; null for a plain connection. */
  readonly authorityPem: string | null;
}

export interface ConnectionParts {
  readonly port: number;
  readonly clientId: string;
  /** Null on a plain connection without a name. */
  readonly pass: ClientPass | null;
}

const CONNACK_BYTES = 4;

/** A raw socket past its CONNECT, which the broker has accepted. Rejects when the broker does not, or cannot be reached. */
export function openConnection(parts: ConnectionParts): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = openSocket(parts);
    const lost = (): void => reject(new Error(`${parts.clientId} was not let in`));
    socket.once('error', reject);
    socket.once('close', lost);
    socket.write(connectPacket(parts));
    socket.once('data', (answer: Buffer) => {
      socket.off('error', reject);
      socket.off('close', lost);
      if (answer.length === CONNACK_BYTES && answer[3] === 0) resolve(socket);
      else reject(new Error(`${parts.clientId} was refused with code ${answer[3]}`));
    });
  });
}

function openSocket({ port, pass }: ConnectionParts): Socket {
  const where = { host: '127.0.0.1', port };
  if (pass === null || pass.authorityPem === null) return connectPlain({ ...where, noDelay: true });
  const socket = connectTls({ ...where, ca: pass.authorityPem, minVersion: 'TLSv1.3' });
  return socket.setNoDelay(true);
}

function connectPacket({ clientId, pass }: ConnectionParts): Buffer {
  return generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    keepalive: 0,
    clientId,
    ...(pass === null ? {} : { username: pass.username, password: Buffer.from(pass.password) }),
  });
}
