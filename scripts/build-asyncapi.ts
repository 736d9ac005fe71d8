import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import {
  eventTopic,
  type OutboundEventKind,
  outboundEventSchemas,
  vehicleStateSchema,
} from '../core/protocol/outbound.ts';

const FILE = join(import.meta.dirname, '..', 'docs', 'asyncapi.json');

/** What Milepost tells its subscribers, as an AsyncAPI 3.0 document, made from the schemas of core/protocol/outbound.ts. */
export function asyncApiText(): string {
  const kinds = Object.keys(outboundEventSchemas) as OutboundEventKind[];
  const document = {
    asyncapi: '3.0.0',
    info: {
      title: 'Milepost, what others may hear',
      version: '1',
      description:
        'MQTT 3.1.1. A credential hears what its subscribe filters cover. Keys are added within a version; ignore ' +
        'those you do not know.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    servers: { broker: { host: 'localhost:8883', protocol: 'secure-mqtt', protocolVersion: '3.1.1' } },
    channels: { vehicleState: vehicleStateChannel(), ...Object.fromEntries(kinds.map(eventChannel)) },
    operations: {
      sendVehicleState: vehicleStateOperation(),
      ...Object.fromEntries(kinds.map(eventOperation)),
    },
    components: {
      messages: { vehicleState: vehicleStateMessage(), ...Object.fromEntries(kinds.map(eventMessage)) },
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function vehicleStateChannel(): object {
  return {
    address: 'milepost/v1/vehicles/{vehicle}/state',
    description: 'The latest of each vehicle in the book that was ever heard.',
    parameters: { vehicle: { description: "The vehicle's id, percent-encoded as in a web address." } },
    messages: { vehicleState: { $ref: '#/components/messages/vehicleState' } },
  };
}

function vehicleStateOperation(): object {
  return {
    action: 'send',
    channel: { $ref: '#/channels/vehicleState' },
    description:
      'When a vehicle changed, at most once a second. To a new subscription the latest of every vehicle first, marked ' +
      'as retained. A client that takes them slowly is sent fewer.',
    bindings: { mqtt: { qos: 0, retain: true, bindingVersion: '0.2.0' } },
  };
}

function vehicleStateMessage(): object {
  return { name: 'vehicleState', title: "A vehicle's latest", payload: schemaOf(vehicleStateSchema) };
}

function eventChannel(kind: OutboundEventKind): [string, object] {
  return [
    kind,
    { address: eventTopic(kind), messages: { [kind]: { $ref: `#/components/messages/${kind}` } } },
  ];
}

function eventOperation(kind: OutboundEventKind): [string, object] {
  return [
    `send-${kind}`,
    {
      action: 'send',
      channel: { $ref: `#/channels/${kind}` },
      description: 'Once, to who is subscribed then; not retained, and not kept for who is away.',
      bindings: { mqtt: { qos: 1, retain: false, bindingVersion: '0.2.0' } },
    },
  ];
}

function eventMessage(kind: OutboundEventKind): [string, object] {
  return [kind, { name: kind, payload: schemaOf(outboundEventSchemas[kind]) }];
}

/** As a reader is to take it: further keys are allowed, and the name of a format says what its pattern would. */
function schemaOf(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-07',
    io: 'input',
    override: ({ jsonSchema }) => {
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
  return rest;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(FILE, asyncApiText());
