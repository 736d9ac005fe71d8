import { MOVING_PAYLOAD } from '../moving-packet.ts';
import { teltonikaFrame, teslaProtobuf } from './binary-samples.ts';
import {
  bmw,
  flespi,
  type JsonSample,
  owntracks,
  renault,
  smartcar,
  teslaFields,
  teslaRecord,
  traccar,
} from './json-samples.ts';
import { ovms, queclink, teslaMate, type TextSample } from './text-samples.ts';

/** The packets of one feed, and what their bytes are held against. */
export interface FeedSamples {
  readonly name: string;
  /** Null where the topic says it. */
  readonly format: string | null;
  readonly floor: 'JSON.parse' | 'byte walk';
  readonly packets: readonly { readonly topic: string; readonly payload: Buffer }[];
}

/** Every built-in feed, and Tesla's records in their two forms. */
export function feedSamples(): readonly FeedSamples[] {
  const teltonikaTopic = 'fleet/fmc-350000000000042/teltonika/350000000000042/data';
  return [
    {
      name: 'teltonika-mqtt-json',
      format: null,
      floor: 'JSON.parse',
      packets: [{ topic: teltonikaTopic, payload: MOVING_PAYLOAD }],
    },
    json('tesla-fleet-telemetry', teslaFields),
    json('tesla-fleet-telemetry-record-json', teslaRecord, 'tesla-fleet-telemetry-record-json'),
    json('renault-kamereon', renault),
    json('bmw-cardata', bmw),
    json('owntracks', owntracks),
    json('smartcar', smartcar),
    json('flespi', flespi),
    json('traccar', traccar),
    text('ovms', ovms, 'JSON.parse'),
    text('teslamate', teslaMate, 'JSON.parse'),
    text('queclink', queclink, 'byte walk'),
    { name: 'teltonika', format: null, floor: 'byte walk', packets: teltonikaFrame() },
    {
      name: 'tesla-fleet-telemetry-protobuf',
      format: 'tesla-fleet-telemetry-protobuf',
      floor: 'byte walk',
      packets: teslaProtobuf(),
    },
  ];
}

function json(name: string, samples: readonly JsonSample[], format: string | null = null): FeedSamples {
  const packets = samples.map(({ topic, document }) => ({
    topic,
    payload: Buffer.from(JSON.stringify(document)),
  }));
  return { name, format, floor: 'JSON.parse', packets };
}

function text(name: string, samples: readonly TextSample[], floor: FeedSamples['floor']): FeedSamples {
  const packets = samples.map((sample) => ({ topic: sample.topic, payload: Buffer.from(sample.text) }));
  return { name, format: null, floor, packets };
}
