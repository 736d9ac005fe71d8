/** What a reason means and, where somebody has to act, what to do. */
const packetMeanings: Readonly<Record<string, string | undefined>> = {
  'unknown-topic': 'no feed publishes there; a mapping file can describe one',
  'bad-device-id': 'the topic names no usable device, such as an IMEI of 15 digits or a VIN',
  'unknown-resource': 'the topic’s last part is none this feed has',
  'not-json': 'the payload is no text, or no JSON where JSON is due',
  'not-this-protocol': 'the bytes are not of the protocol this feed speaks',
  'length-mismatch': 'the frame ends before its own length, or goes on after it',
  'count-mismatch': 'the frame holds more or fewer records than it counts',
  'crc-mismatch': 'the checksum is not that of the bytes: damaged on the way',
  'unsupported-codec': 'a version of the message there is no decoder for',
  encrypted: 'encrypted by its sender: only its owner can read it',
  'test-message': 'marked as a test by its sender: never billed',
  'unexpected-shape': 'JSON, but not of the shape this feed sends',
  'value-out-of-range': 'a value that cannot be, so nothing of the packet is taken',
  'vendor-error': 'the feed reports an error instead of data',
  'payload-too-large': 'over the limit of a payload; its head is kept',
  'decoder-fault': 'our decoder failed on it: report it with the packet',
};

const connectionMeanings: Readonly<Record<string, string | undefined>> = {
  'mqtt5-unsupported': 'asked for MQTT 5: set the client to MQTT 3.1.1',
  'not-mqtt': 'the first bytes are no MQTT: check the client’s port',
  silent: 'connected and said nothing in time',
  'packet-over-hard-limit': 'began a packet larger than any we take',
  'too-many-connections': 'as many were connected as may be',
  'too-many-connects': 'as many waited to be let in as may',
  'bad-credentials': 'no name with its secret, and no certificate: check the client’s settings',
  'credential-revoked': 'shows a credential that was revoked: give it a new one',
  'too-many-guesses': 'too many passwords waited to be checked',
  'client-id-taken': 'uses the client id of another that is connected: give each its own',
  'not-allowed-to-publish': 'published on a topic its credential does not hold',
  'not-allowed-to-subscribe': 'asked to hear what its credential does not hold, or one thing too many',
  'topic-over-limit': 'published on a topic too long or too deep',
  'over-rate-limit': 'sent more than its rate for too long',
  'too-slow': 'did not finish what it began, or does not take what it is sent',
  idle: 'said nothing for too long',
  'broken-off': 'broke the protocol, or lost its connection in the middle',
  'tls-too-old': 'speaks TLS older than 1.2: update the client',
  'handshake-stalled': 'began to encrypt and did not finish in time',
  'handshake-failed': 'could not agree on encryption: check its certificates',
  'too-many-handshakes': 'as many were beginning to encrypt as may',
  'unclaimed-device': 'no vehicle carries this tracker: claim it under Devices',
  'network-not-allowed': 'came from outside the networks of its group',
  'second-address': 'its name is in use from another address',
  'device-changed': 'went on as another device on the same connection',
  'broken-frame': 'bytes in which no packet can be found',
  'replies-unread': 'does not take its replies',
};

/** What a refused packet's reason means; '' for one we have no words for. */
export function packetMeaning(reason: string): string {
  return packetMeanings[reason] ?? '';
}

/** Why a connection was turned away or cut, and what helps; '' for a reason we have no words for. */
export function connectionMeaning(reason: string): string {
  return connectionMeanings[reason] ?? '';
}

/** Reasons with a count, the most frequent first; those of nought are none. */
export function reasonsByCount(
  countByReason: Readonly<Record<string, number>>,
): readonly (readonly [reason: string, count: number])[] {
  return Object.entries(countByReason)
    .filter(([, count]) => count > 0)
    .toSorted(([a], [b]) => a.localeCompare(b, 'en-GB'))
    .toSorted(([, a], [, b]) => b - a);
}
