/**
 * What stands behind the position blocks of a report:
 * - `vehicle`: the mileage, and more about the vehicle.
 * - `battery`: the battery level where vehicle units have the mileage (GL200, GL300).
 * - `other`: neither; a GL320M ends with a temperature that looks like a mileage.
 * - `unknown`: no model we know.
 */
export type QueclinkTail = 'vehicle' | 'battery' | 'other' | 'unknown';

/** The first characters of the protocol version: two of a short version, six of a long one. */
const MODEL_BY_CODE: ReadonlyMap<string, string> = new Map([
  ['02', 'GL200'],
  ['21', 'GL200'],
  ['04', 'GV200'],
  ['35', 'GV200'],
  ['06', 'GV300'],
  ['25', 'GV300'],
  ['0F', 'GV55'],
  ['2F', 'GV55'],
  ['10', 'GV55 Lite'],
  ['11', 'GL500'],
  ['40', 'GL500'],
  ['1A', 'GL300'],
  ['30', 'GL300'],
  ['1F', 'GV500'],
  ['36', 'GV500'],
  ['27', 'GV300W'],
  ['2C', 'GL300W'],
  ['31', 'GV65'],
  ['41', 'GV75W'],
  ['4F', 'GV56'],
  ['50', 'GV55W'],
  ['5E', 'GV500MAP'],
  ['6E', 'GV310LAU'],
  ['BD', 'CV200'],
  ['C2', 'GV600M'],
  ['C3', 'GL320M'],
  ['DE', 'GL500M'],
  ['DF', 'CV100LG'],
  ['F1', 'GV350M'],
  ['F8', 'GV800W'],
  ['FC', 'GV600W'],
  ['802004', 'GV58LAU'],
  ['802005', 'GV355CEU'],
  ['80201E', 'GV30CEU'],
]);

const SHORT_VERSION_CHARACTERS = 6;
const BATTERY_MODELS: ReadonlySet<string> = new Set(['GL200', 'GL300', 'GL300W']);
const KNOWN_MODELS: ReadonlySet<string> = new Set(MODEL_BY_CODE.values());

/** What the tail holds, by the model's name if one we know was said ("GV300"), else by the report's protocol version. */
export function queclinkTail(protocol: string, modelName?: string): QueclinkTail {
  const model = modelName !== undefined && KNOWN_MODELS.has(modelName) ? modelName : modelOf(protocol);
  if (model === undefined) return 'unknown';
  if (!model.startsWith('GL')) return 'vehicle';
  return BATTERY_MODELS.has(model) ? 'battery' : 'other';
}

function modelOf(protocol: string): string | undefined {
  const codeLength = protocol.length > SHORT_VERSION_CHARACTERS ? 6 : 2;
  return MODEL_BY_CODE.get(protocol.slice(0, codeLength).toUpperCase());
}
