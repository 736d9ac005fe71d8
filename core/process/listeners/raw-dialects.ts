import type { Framing } from '../../tracker/framing.ts';
import { deviceOfQueclink, queclinkFraming } from '../../tracker/queclink/queclink-framing.ts';
import {
  imeiAt,
  imeiOfLogin,
  KEEP_ALIVE,
  teltonikaDataFraming,
  teltonikaLoginFraming,
} from '../../tracker/teltonika/teltonika-framing.ts';
import type { RawDialect } from './raw-dialect.ts';

/** A datagram of a keep-alive alone says nothing; any other is one packet. */
const wholeDatagram: Framing = (bytes, start) =>
  bytes.length - start === 1 && bytes[start] === KEEP_ALIVE
    ? { step: 'skip', end: bytes.length }
    : { step: 'frame', end: bytes.length };

/** Where the 15 digits stand in a datagram; what stands around them is its decoder's to judge. */
const DATAGRAM_IMEI_AT = 8;

/** One a feed that is spoken over TCP and UDP. */
export const rawDialects: readonly RawDialect[] = [
  {
    feed: 'teltonika',
    login: {
      framing: teltonikaLoginFraming,
      deviceOf: imeiOfLogin,
      accepted: Uint8Array.of(1),
      refused: Uint8Array.of(0),
    },
    framing: teltonikaDataFraming,
    deviceOf: () => null,
    datagramFraming: wholeDatagram,
    deviceOfDatagram: (datagram) => imeiAt(datagram, DATAGRAM_IMEI_AT),
  },
  {
    feed: 'queclink',
    login: null,
    framing: queclinkFraming,
    deviceOf: deviceOfQueclink,
    datagramFraming: queclinkFraming,
    deviceOfDatagram: deviceOfQueclink,
  },
];
