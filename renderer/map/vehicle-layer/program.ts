import { assert } from '../../../core/base/assert.ts';
import { fragmentShader, vertexShader } from './shaders.ts';
import { FLOATS_PER_VEHICLE } from './vehicle-buffer.ts';

/** What the layer holds on the graphics card. Lost with the context, and made again with the next. */
export interface VehicleProgram {
  readonly gl: WebGL2RenderingContext;
  readonly program: WebGLProgram;
  readonly buffer: WebGLBuffer;
  readonly attributes: WebGLVertexArrayObject;
  readonly uniform: (name: UniformName) => WebGLUniformLocation | null;
}

const uniformNames = [
  'u_matrix',
  'u_now',
  'u_pixelRatio',
  'u_sizePixels',
  'u_scale',
  'u_strong',
  'u_quiet',
  'u_stale',
  'u_casing',
  'u_selection',
  'u_isSelected',
] as const;
export type UniformName = (typeof uniformNames)[number];

const ROW_BYTES = FLOATS_PER_VEHICLE * 4;

/** Compiles the shaders and describes a row of the buffer to the card. */
export function createVehicleProgram(gl: WebGL2RenderingContext): VehicleProgram {
  const program = gl.createProgram();
  gl.attachShader(program, compile(gl, gl.VERTEX_SHADER, vertexShader));
  gl.attachShader(program, compile(gl, gl.FRAGMENT_SHADER, fragmentShader));
  gl.linkProgram(program);
  assert(
    gl.getProgramParameter(program, gl.LINK_STATUS) === true || gl.isContextLost(),
    () => `the vehicle shaders do not link: ${gl.getProgramInfoLog(program) ?? ''}`,
  );
  const buffer = gl.createBuffer();
  const attributes = gl.createVertexArray();
  gl.bindVertexArray(attributes);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  describe(gl, program, 'a_path', 4, 0);
  describe(gl, program, 'a_time', 2, 16);
  describe(gl, program, 'a_look', 2, 24);
  gl.bindVertexArray(null);
  const locations = new Map(uniformNames.map((name) => [name, gl.getUniformLocation(program, name)]));
  return { gl, program, buffer, attributes, uniform: (name) => locations.get(name) ?? null };
}

/** Gives back what the card holds. */
export function deleteVehicleProgram({ gl, program, buffer, attributes }: VehicleProgram): void {
  gl.deleteVertexArray(attributes);
  gl.deleteBuffer(buffer);
  gl.deleteProgram(program);
}

function compile(gl: WebGL2RenderingContext, type: number, source: string): WebGLShader {
  const shader = gl.createShader(type);
  assert(shader !== null, 'no shader: the graphics context is gone');
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  assert(
    gl.getShaderParameter(shader, gl.COMPILE_STATUS) === true || gl.isContextLost(),
    () => `a vehicle shader does not compile: ${gl.getShaderInfoLog(shader) ?? ''}`,
  );
  return shader;
}

function describe(
  gl: WebGL2RenderingContext,
  program: WebGLProgram,
  name: string,
  size: number,
  offset: number,
): void {
  const location = gl.getAttribLocation(program, name);
  assert(location >= 0 || gl.isContextLost(), `the vehicle shader has no attribute ${name}`);
  gl.enableVertexAttribArray(location);
  gl.vertexAttribPointer(location, size, gl.FLOAT, false, ROW_BYTES, offset);
}
