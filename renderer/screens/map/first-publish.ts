/**
 * A test publish that a person can paste into a terminal: one field of a Tesla, for a made-up vehicle. It is in no book,
 * so it appears as an unclaimed tracker.
 */
export function firstPublish(mqttPort: number): string {
  return `mosquitto_pub -h 127.0.0.1 -p ${mqttPort} -q 1 -t telemetry/5YJ3E1EA7KF000001/v/Location -m '{"latitude":57.7065,"longitude":11.967}'`;
}
