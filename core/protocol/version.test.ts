import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { bookSchema } from './book.ts';
import {
  controlAskSchema,
  controlHelloSchema,
  controlReplySchema,
  controlTickSchema,
} from './control-channel.ts';
import { decisionSchema } from './decision.ts';
import { asks, askMessageSchema, statusSchema } from './link.ts';
import { fromCoreSchema, fromSimulatorSchema, toCoreSchema, toSimulatorSchema } from './process-messages.ts';
import { countsSchema, readySchema } from './report.ts';
import { PROTOCOL_VERSION } from './version.ts';

test('a shape that crosses a border changes only with the version', () => {
  const shapes = [
    bookSchema,
    decisionSchema,
    countsSchema,
    readySchema,
    statusSchema,
    askMessageSchema,
    ...Object.values(asks).flatMap(({ input, answer }) => [input, answer]),
    controlHelloSchema,
    controlTickSchema,
    controlAskSchema,
    controlReplySchema,
    toCoreSchema,
    fromCoreSchema,
    toSimulatorSchema,
    fromSimulatorSchema,
  ].map((schema) => z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }));
  const hash = createHash('sha256').update(JSON.stringify(shapes)).digest('hex').slice(0, 16);
  // When this fails, raise PROTOCOL_VERSION, say beside it what changed, and put the new hash here.
  expect({ version: PROTOCOL_VERSION, hash }).toEqual({ version: 3, hash: 'aae22076ec77bbfa' });
});
