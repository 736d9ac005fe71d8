import { z } from 'zod';
import { mappingNameSchema, odometerOriginSchema } from '../protocol/book.ts';
import { isFields } from '../tracker/vendor-fields.ts';
import { closestOf } from './closest-name.ts';
import { EXPRESSION_CHARACTERS_MAX, type NumbersAre, readExpression } from './expression.ts';
import { readTopicPattern } from './topic-pattern.ts';

/**
 * The format of a mapping file. Everything a file can get wrong by itself is found here; positions and hints are added
 * by `readMapping`. The file speaks of what the feed sends, the product's words stay behind it.
 */

const expression = (numbersAre: NumbersAre) =>
  z
    .string()
    .min(1, 'an expression cannot be empty')
    .max(EXPRESSION_CHARACTERS_MAX, `an expression has at most ${EXPRESSION_CHARACTERS_MAX} characters`)
    .superRefine((text, context) => {
      if (text === '' || text.length > EXPRESSION_CHARACTERS_MAX) return;
      const read = readExpression(text, numbersAre);
      if (!read.ok) context.addIssue({ code: 'custom', message: read.error });
    })
    .describe('Where the value lives: a JMESPath expression, evaluated in each record.');

const expressionSchema = expression('numbers');
const exactExpressionSchema = expression('text');

/** More would be a table, and belongs into the vendor's own software. */
const VALUES_MAX = 64;
const plainValueSchema = z.union([z.string().max(128), z.number(), z.boolean()], {
  error: 'text, a number, true or false',
});
const valuesSchema = z.array(plainValueSchema).min(1, 'name at least one value').max(VALUES_MAX);
const noValue = valuesSchema
  .optional()
  .describe('What the feed sends where it has no value, such as 65535 or "n/a".');
const dividedBy = z
  .number()
  .refine((number) => number !== 0, 'nothing can be divided by 0')
  .optional()
  .describe('For a feed that sends whole numbers: 10 for tenths, 10000000 for 1e-7 degrees.');

const EXPRESSION_OR_SETTINGS = 'an expression (text), or settings with "at"';

const numberSchema = z.union(
  [expressionSchema, z.strictObject({ at: expressionSchema, dividedBy, noValue })],
  {
    error: EXPRESSION_OR_SETTINGS,
  },
);
const textSchema = z.union([expressionSchema, z.strictObject({ at: expressionSchema, noValue })], {
  error: EXPRESSION_OR_SETTINGS,
});
const switchSettings = {
  at: expressionSchema,
  trueValues: valuesSchema
    .optional()
    .describe('What means yes; without falseValues everything else means no.'),
  falseValues: valuesSchema
    .optional()
    .describe('What means no; without trueValues everything else means yes.'),
  noValue,
};
const switchSchema = z.union([expressionSchema, z.strictObject(switchSettings)], {
  error: EXPRESSION_OR_SETTINGS,
});

/** A unit is never guessed: a number that has one is given with it. */
const measured = <const Units extends readonly [string, ...string[]]>(units: Units) =>
  z.strictObject({ at: expressionSchema, unit: z.enum(units), dividedBy, noValue });

const oneOrMore = <Schema extends z.ZodType>(schema: Schema) =>
  z.union([schema, z.array(schema).min(1).max(8)], { error: 'one, or a list of them' });

const distanceUnitSchema = z.enum(['mi', 'km', 'hm', 'm']);
const odometerSchema = z.strictObject({
  at: exactExpressionSchema,
  unit: z
    .union(
      [
        distanceUnitSchema,
        z.strictObject({
          at: expressionSchema,
          names: z.record(z.string(), distanceUnitSchema).optional(),
        }),
      ],
      { error: 'mi, km, hm or m, or settings with "at" for a feed that says the unit' },
    )
    .describe('The unit of the number, or where the packet says it.'),
  origin: odometerOriginSchema.describe(
    'Whose count it is: the vehicle’s dashboard, the tracker’s own, one counted from CAN, one computed by a server.',
  ),
  noValue,
});

/** The events the product knows; a vendor may have others. */
const KNOWN_EVENTS = [
  'alarm',
  'crash',
  'geofence-enter',
  'geofence-exit',
  'harsh-acceleration',
  'harsh-braking',
  'harsh-cornering',
  'jamming',
  'shock',
  'sos',
  'tow',
  'trip-start',
  'trip-stop',
  'unplugged',
] as const;

const eventNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'an event is named in small letters, digits and hyphens')
  .superRefine((name, context) => {
    const known = closestOf(name, KNOWN_EVENTS);
    if (known !== null && known !== name)
      context.addIssue({ code: 'custom', message: `"${name}" is no event; did you mean "${known}"?` });
  });
const eventSchema = z.strictObject({
  at: expressionSchema,
  names: z
    .record(z.string(), eventNameSchema)
    .describe(`What each value is called here: ${KNOWN_EVENTS.join(', ')}, or a name of the vendor's.`),
});

const timeSchema = z.union(
  [
    z.literal('none'),
    z.strictObject({
      at: expressionSchema,
      format: z
        .enum(['unix-s', 'unix-ms', 'iso8601', 'iso8601-utc'])
        .describe('iso8601 has Z or an offset; iso8601-utc has none and is UTC.'),
      optional: z
        .boolean()
        .optional()
        .describe('Some records have no time. Without it such a packet is refused.'),
      noValue,
    }),
  ],
  { error: '"none" (metered when it arrives), or settings with "at" and "format"' },
);

const fieldsSchema = z
  .strictObject({
    latitude: numberSchema.optional().describe('Degrees, south is negative.'),
    longitude: numberSchema.optional().describe('Degrees, west is negative.'),
    altitude: measured(['m', 'ft']).optional(),
    heading: numberSchema.optional().describe('Degrees, clockwise from north.'),
    speed: measured(['km/h', 'mph', 'm/s', 'knots']).optional(),
    satellites: numberSchema.optional().describe('Used for the fix; 0 means there is none.'),
    hdop: numberSchema.optional().describe('Used for the fix; 0 means there is none.'),
    fix: z
      .union(
        [
          expressionSchema,
          z.strictObject({
            ...switchSettings,
            missingMeansFix: z
              .boolean()
              .optional()
              .describe('Whether a record without the value has a fix; without this: it has none.'),
          }),
        ],
        { error: EXPRESSION_OR_SETTINGS },
      )
      .optional()
      .describe('Whether the position is a current one. A position without a fix is none.'),
    odometer: oneOrMore(odometerSchema)
      .optional()
      .describe('The lifetime odometer. Of several with one origin the first that has a value counts.'),
    tripOdometer: measured(['m', 'km', 'mi']).optional(),
    battery: numberSchema.optional().describe('Per cent of the traction battery.'),
    range: measured(['m', 'km', 'mi']).optional(),
    charging: switchSchema.optional(),
    plugged: switchSchema.optional(),
    ignition: switchSchema.optional(),
    moving: switchSchema.optional(),
    locked: switchSchema.optional(),
    externalVoltage: measured(['V', 'mV'])
      .optional()
      .describe('The vehicle’s 12 V side, as the tracker sees it.'),
    trackerBattery: numberSchema.optional().describe('Per cent of the tracker’s own battery.'),
    gear: textSchema.optional(),
    vin: textSchema.optional(),
    event: oneOrMore(eventSchema).optional().describe('The gravest first: a reading carries one event.'),
    buffered: switchSchema.optional().describe('Kept by the tracker and sent late.'),
  })
  .refine((fields) => isPair(fields), {
    error: '"latitude" and "longitude" belong together',
    when: ({ value }) => isFields(value),
  })
  .refine((fields) => Object.keys(fields).length > 0, {
    error: 'name at least one field',
    when: ({ value }) => isFields(value),
  });

function isPair(fields: { latitude?: unknown; longitude?: unknown }): boolean {
  return (fields.latitude === undefined) === (fields.longitude === undefined);
}

const payloadSchema = z.union(
  [
    z.enum(['json', 'text']),
    z.strictObject({
      format: z.literal('csv'),
      columns: z
        .array(z.string().min(1).max(64))
        .min(1)
        .max(256)
        .refine((columns) => new Set(columns).size === columns.length, 'two columns have the same name')
        .describe('A name for each column, in order; each line is a record.'),
      separator: z.string().length(1, 'one character').optional().describe('A comma, unless said otherwise.'),
    }),
  ],
  { error: 'json, text, or settings with "format: csv" and "columns"' },
);

const topicSchema = z
  .string()
  .max(256)
  .superRefine((text, context) => {
    const pattern = readTopicPattern(text);
    if (!pattern.ok) context.addIssue({ code: 'custom', message: pattern.error });
  })
  .describe(
    'acme/{device}/up: {device}, {account} or {scope} name a level, + is any level, a last # is any rest.',
  );

const messageSchema = z
  .strictObject({
    topic: topicSchema,
    payload: payloadSchema,
    device: expressionSchema
      .optional()
      .describe(
        'The device as the packet names it, for a topic without {device}; with both they must agree.',
      ),
    records: expressionSchema.optional().describe('The list of records in a packet that holds many.'),
    when: expressionSchema.optional().describe('Records for which this is not true are passed over.'),
    time: timeSchema,
    fields: fieldsSchema,
  })
  .refine(({ topic, device }) => device !== undefined || topic.includes('{device}'), {
    error: 'nothing names the device: write {device} in the topic, or add "device"',
    path: ['topic'],
    when: ({ value }) => isFields(value) && typeof value['topic'] === 'string',
  })
  .refine(({ payload, records }) => records === undefined || payload === 'json', {
    error: 'only a json payload has a list of records; of csv each line is one',
    path: ['records'],
    when: ({ value }) => isFields(value),
  });

/** A mapping file as an object. */
export const mappingFileSchema = z.strictObject({
  name: mappingNameSchema.describe('The feed is called mapped:<name> everywhere.'),
  version: z
    .int('a whole number')
    .min(1, 'versions count from 1')
    .describe('The author counts it up at each change.'),
  about: z.string().max(500).optional().describe('For people.'),
  messages: z
    .array(messageSchema)
    .min(1, 'describe at least one message')
    .max(32)
    .superRefine((messages, context) => {
      messages.forEach(({ topic }, index) => {
        if (messages.findIndex((earlier) => earlier.topic === topic) < index)
          context.addIssue({
            code: 'custom',
            path: [index, 'topic'],
            message: `${topic} is described twice`,
          });
      });
    })
    .describe('What the feed sends, a topic each.'),
});

export type MappingFile = z.infer<typeof mappingFileSchema>;
export type MessageSettings = MappingFile['messages'][number];

/** The format as a JSON Schema, for editors and for the documents. */
export function mappingJsonSchema(): object {
  return z.toJSONSchema(mappingFileSchema, { io: 'input' });
}
