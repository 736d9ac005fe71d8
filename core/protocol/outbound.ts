import { z } from 'zod';
import { odometerOriginSchema, trackerProviderSchema } from './book.ts';
import { MOTION, type MotionName } from './feed-frame.ts';

/**
 * What Milepost tells those who subscribe: `<root>/vehicles/<vehicle>/state` and `<root>/events/<kind>`, JSON in UTF-8.
 * `docs/asyncapi.json` is made from these schemas. Within a version keys are added and never change their meaning.
 */
export const OUTBOUND_ROOT = 'milepost/v1';
/** Of every vehicle's state topic. */
export const VEHICLE_STATE_FILTER = `${OUTBOUND_ROOT}/vehicles/+/state`;

/** A vehicle's id as one level of a topic: what a level cannot hold is percent-encoded, as in a web address. */
export function vehicleStateTopic(vehicle: string): string {
  return `${OUTBOUND_ROOT}/vehicles/${encodeURIComponent(vehicle.toWellFormed())}/state`;
}

export function eventTopic(kind: OutboundEventKind): string {
  return `${OUTBOUND_ROOT}/events/${kind}`;
}

const instant = (description: string) => z.iso.datetime().meta({ description });
const vehicle = z.string().meta({ description: "The vehicle's id in the book." });
const registration = z.string().meta({ description: 'The registration plate.' });
const device = z.string().meta({ description: 'The name the feed gives the tracker.' });
const isSimulated = z
  .boolean()
  .meta({ description: 'True when the data folder was made for simulation: nothing in it happened.' });
const quantity = (unit: string, description: string) =>
  z
    .number()
    .meta({ description: `${description} Unit: ${unit}.`, 'x-unit': unit })
    .optional();

const motionNames = Object.keys(MOTION) as MotionName[];

/** The latest of one vehicle. Keys that begin with `Vehicle.` are signals of COVESA VSS 6.0, in its units. */
export const vehicleStateSchema = z
  .object({
    vehicle,
    registration,
    isSimulated,
    observedAt: instant("By the tracker's clock; null for a feed without reading times.").nullable(),
    receivedAt: instant('When Milepost last heard from the vehicle.'),
    motion: z.enum(motionNames).meta({ description: 'What the last readings amount to.' }),
    'Vehicle.TraveledDistance': z
      .number()
      .int()
      .nonnegative()
      .meta({
        description: 'The odometer as last reported, whole metres. Nothing is billed from it.',
        'x-unit': 'm',
      })
      .optional(),
    'Vehicle.Speed': quantity('km/h', 'Speed.'),
    'Vehicle.CurrentLocation.Latitude': quantity('degrees', 'WGS 84 latitude.'),
    'Vehicle.CurrentLocation.Longitude': quantity('degrees', 'WGS 84 longitude.'),
    'Vehicle.CurrentLocation.Heading': quantity('degrees', 'Clockwise from north, 0 to 360.'),
    'Vehicle.CurrentLocation.Timestamp': instant("Of the position, by the tracker's clock.").optional(),
    'Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed': quantity(
      'percent',
      'What the driver sees.',
    ),
    'Vehicle.Powertrain.TractionBattery.Charging.IsCharging': z
      .boolean()
      .meta({ description: 'As last reported.' })
      .optional(),
  })
  .meta({
    description:
      'The latest of one vehicle. A signal that was never reported is absent. Keys that begin with "Vehicle." are ' +
      'COVESA VSS 6.0 signals.',
  });
export type VehicleStateMessage = z.infer<typeof vehicleStateSchema>;

const eventOf = <K extends string, S extends z.ZodRawShape>(kind: K, description: string, shape: S) =>
  z
    .object({
      id: z.string().meta({
        description:
          'Unique for the data folder, also across restarts: journal position, kind and a number. The same event ' +
          'always has the same id.',
      }),
      event: z.literal(kind),
      at: instant('Received time of what it follows from.'),
      isSimulated,
      ...shape,
    })
    .meta({ description });

/** What happened in the business, by kind. */
export const outboundEventSchemas = {
  'alarm-raised': eventOf(
    'alarm-raised',
    'A person has to act. When the intake stops, the connection ends right after: what was sent may not arrive.',
    {
      alarm: z.string().meta({ description: 'Which one: "intake-stopped".' }),
      priority: z.enum(['P1', 'P2', 'P3']),
      words: z.string().meta({ description: 'What is the matter.' }),
      response: z.string().meta({ description: 'What to do.' }),
    },
  ),
  'vehicle-day-closed': eventOf(
    'vehicle-day-closed',
    'A local day of a contract ended: what a vehicle drove on it, and its price. One for each vehicle assigned that day.',
    {
      vehicle,
      registration,
      contract: z.string().meta({ description: "The contract's id in the book." }),
      day: z.iso.date().meta({ description: "Local day in the contract's time zone." }),
      tenths: z.number().int().meta({ description: 'Billable distance, whole tenths of the unit.' }),
      unit: z.enum(['mi', 'km']),
      pence: z
        .number()
        .int()
        .meta({ description: 'Price of these tenths alone, before VAT.', 'x-unit': 'GBP pence' }),
      isProvisional: z
        .literal(true)
        .meta({ description: 'Readings that come late may still change it; no document has been issued.' }),
    },
  ),
  'situation-noted': eventOf(
    'situation-noted',
    'Something a person should know of and no rule can settle, when it is seen for the first time.',
    {
      situation: z.string().meta({ description: 'Its name, such as "two-trackers".' }),
      subject: z.string().meta({ description: 'The vehicle, tracker or client it is about.' }),
      detail: z.string(),
    },
  ),
  'device-claimed': eventOf('device-claimed', 'A tracker belongs to a vehicle from an instant on.', {
    provider: trackerProviderSchema,
    device,
    vehicle,
    origin: odometerOriginSchema.meta({ description: 'Which of its odometers counts.' }),
    from: z.iso.datetime({ offset: true }),
  }),
  'device-released': eventOf('device-released', 'A tracker belongs to no vehicle from an instant on.', {
    provider: trackerProviderSchema,
    device,
    from: z.iso.datetime({ offset: true }),
  }),
  'credential-revoked': eventOf('credential-revoked', 'A credential lets nobody in any more.', {
    credential: z.string().meta({ description: 'Its id; never its secret.' }),
    username: z.string(),
  }),
} as const;

export type OutboundEventKind = keyof typeof outboundEventSchemas;
export type OutboundEvent = z.infer<(typeof outboundEventSchemas)[OutboundEventKind]>;
