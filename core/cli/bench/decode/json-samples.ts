/** What feeds that speak JSON send in a minute of driving, written for this bench: a topic and a document each. */
export interface JsonSample {
  readonly topic: string;
  readonly document: unknown;
}

const VIN = 'LRW3E7FA0TC000042';
const BMW_VIN = 'WBA00000000000042';
const SMARTCAR_VEHICLE = '1f6c3b1e-77aa-4d0e-9c55-0000000000a7';
const AT = '2026-03-02T09:15:00Z';
const AT_S = 1_772_442_900;
const AT_MS = AT_S * 1_000;

export const teslaFields: readonly JsonSample[] = Object.entries({
  Odometer: 30_512.648_231,
  Location: { latitude: 51.502_114, longitude: -0.141_977 },
  VehicleSpeed: 31.5,
  GpsHeading: 212,
  Soc: 63.417,
  Gear: 'ShiftStateD',
  RatedRange: 171.9,
}).map(([field, document]) => ({ topic: `telemetry/${VIN}/v/${field}`, document }));

export const teslaRecord: readonly JsonSample[] = [
  {
    topic: '',
    document: {
      data: [
        { key: 'Odometer', value: { doubleValue: 30_512.648_231 } },
        { key: 'Location', value: { locationValue: { latitude: 51.502_114, longitude: -0.141_977 } } },
        { key: 'VehicleSpeed', value: { doubleValue: 31.5 } },
        { key: 'GpsHeading', value: { doubleValue: 212 } },
        { key: 'Soc', value: { doubleValue: 63.417 } },
        { key: 'Gear', value: { shiftStateValue: 'ShiftStateD' } },
        { key: 'InsideTemp', value: { doubleValue: 20.5 } },
      ],
      createdAt: AT,
      vin: VIN,
      isResend: false,
    },
  },
];

export const renault: readonly JsonSample[] = [
  kamereon('cockpit', { fuelAutonomy: 0, fuelQuantity: 0, totalMileage: 31_077.4 }),
  kamereon('battery-status', {
    timestamp: AT,
    batteryLevel: 44,
    batteryAutonomy: 131,
    batteryTemperature: 14,
    plugStatus: 0,
    chargingStatus: 0,
  }),
  kamereon('location', {
    gpsLatitude: 43.604_512,
    gpsLongitude: 1.444_218,
    gpsDirection: 118,
    lastUpdateTime: AT,
  }),
];

function kamereon(resource: string, attributes: object): JsonSample {
  const id = 'VF1AG000X00000042';
  return { topic: `kamereon/${id}/${resource}`, document: { data: { type: 'Car', id, attributes } } };
}

export const bmw: readonly JsonSample[] = [
  {
    topic: `5f0f5a5e-0000-4000-8000-0000000000a7/${BMW_VIN}`,
    document: {
      vin: BMW_VIN,
      entityId: '5f0f5a5e-0000-4000-8000-0000000000a7',
      topic: BMW_VIN,
      timestamp: AT,
      data: {
        'vehicle.vehicle.travelledDistance': descriptor(20_417, 'km'),
        'vehicle.cabin.infotainment.navigation.currentLocation.latitude': descriptor(48.176_912, 'degrees'),
        'vehicle.cabin.infotainment.navigation.currentLocation.longitude': descriptor(11.559_318, 'degrees'),
        'vehicle.cabin.infotainment.navigation.currentLocation.heading': descriptor(271, 'degrees'),
        'vehicle.drivetrain.batteryManagement.header': descriptor(71, 'percent'),
      },
    },
  },
];

function descriptor(value: number, unit: string): object {
  return { timestamp: AT, value, unit };
}

export const owntracks: readonly JsonSample[] = [
  {
    topic: 'owntracks/depot/van7',
    document: {
      _type: 'location',
      tid: 'V7',
      lat: 53.408_371,
      lon: -2.991_573,
      tst: AT_S,
      alt: 31,
      vel: 52,
      cog: 184,
      batt: 71,
      odometer: 48_211.7,
      ign: true,
      uext: 13.9,
      t: 't',
    },
  },
];

export const smartcar: readonly JsonSample[] = [
  {
    topic: `smartcar/${SMARTCAR_VEHICLE}`,
    document: {
      eventId: 'b7d0c6a1-2f5e-4a55-9f0e-0000000000a7',
      eventType: 'VEHICLE_STATE',
      data: {
        user: { id: 'u-000000000007' },
        vehicle: { id: SMARTCAR_VEHICLE, make: 'VOLKSWAGEN', model: 'ID.4', year: 2024 },
        signals: [
          signal('odometer-traveleddistance', { value: 71_512.34, unit: 'km' }),
          signal('location-preciselocation', { latitude: 52.251_943, longitude: 0.125_377, heading: 94 }),
          signal('tractionbattery-stateofcharge', { value: 54, unit: 'percent' }),
          signal('charge-ischarging', { value: false }),
        ],
      },
      triggers: [],
      meta: { deliveryId: 'd-000000000007', deliveredAt: AT_MS + 60_000 },
    },
  },
];

function signal(code: string, body: object): object {
  return { code, body, meta: { oemUpdatedAt: AT_MS, retrievedAt: AT_MS + 30_000 } };
}

export const flespi: readonly JsonSample[] = [
  {
    topic: 'flespi/message/gw/channels/77/356000000000042',
    document: {
      ident: '356000000000042',
      timestamp: AT_S + 0.5,
      'server.timestamp': AT_S + 1.25,
      'protocol.id': 14,
      'position.latitude': 51.751_223,
      'position.longitude': -0.250_611,
      'position.speed': 48,
      'position.direction': 271,
      'position.altitude': 35,
      'position.satellites': 11,
      'position.hdop': 0.7,
      'position.valid': true,
      'vehicle.mileage': 20_417.6,
      'engine.ignition.status': true,
      'movement.status': true,
      'external.powersource.voltage': 14.1,
    },
  },
];

export const traccar: readonly JsonSample[] = [
  {
    topic: 'positions',
    document: {
      position: {
        id: 991,
        deviceId: 9,
        protocol: 'teltonika',
        serverTime: '2026-03-02T09:15:01.000+00:00',
        deviceTime: '2026-03-02T09:15:00.000+00:00',
        fixTime: '2026-03-02T09:15:00.000+00:00',
        valid: true,
        latitude: 51.751_223,
        longitude: -0.250_611,
        altitude: 35,
        speed: 26.997_8,
        course: 271,
        accuracy: 0,
        attributes: { odometer: 20_417_600, ignition: true, motion: true, sat: 11, power: 14.1 },
      },
      device: { id: 9, uniqueId: '356000000000042', name: 'Van 9', status: 'online' },
    },
  },
];
