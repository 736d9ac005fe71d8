/**
 * A VIN has 17 characters; test vehicles and early firmware show fewer, so the place in the topic decides and only
 * what can be no name at all is turned down: empty, longer, wildcards, spaces, control characters.
 */
const VIN_IN_TOPIC = /^[0-9A-Za-z_-]{1,17}$/;

/** True for what may stand where a topic names a vehicle. */
export function isVinInTopic(text: string): boolean {
  return VIN_IN_TOPIC.test(text);
}

/** True for an IMEI: 15 digits. The check digit is not tested, as test devices fail it. */
export function isImei(text: string): boolean {
  if (text.length !== 15) return false;
  for (let i = 0; i < 15; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 0x30 || code > 0x39) return false;
  }
  return true;
}
