/**
 * One point a vehicle. The vertex shader places it between where it was and where it is; the fragment shader draws the
 * symbol as a distance to its outline, in CSS pixels, so that edges are as sharp as the screen allows.
 */
export const vertexShader = `#version 300 es
precision highp float;
in vec4 a_path;        // from x, from y, to x, to y: Mercator offsets from the anchor
in vec2 a_time;        // start and duration, seconds since the layer's epoch
in vec2 a_look;        // heading in radians, symbol number (below 0: not drawn)
uniform mat4 u_matrix; // anchor-relative Mercator to clip space
uniform float u_now;
uniform float u_pixelRatio;
uniform float u_sizePixels;
flat out float v_heading;
flat out int v_symbol;

void main() {
  float share = a_time.y > 0.0 ? clamp((u_now - a_time.x) / a_time.y, 0.0, 1.0) : 1.0;
  vec2 at = mix(a_path.xy, a_path.zw, share);
  gl_Position = a_look.y < 0.0 ? vec4(2.0, 2.0, 2.0, 1.0) : u_matrix * vec4(at, 0.0, 1.0);
  gl_PointSize = u_sizePixels * u_pixelRatio;
  v_heading = a_look.x;
  v_symbol = int(a_look.y + 0.5);
}`;

export const fragmentShader = `#version 300 es
precision highp float;
flat in float v_heading;
flat in int v_symbol;
uniform float u_pixelRatio;
uniform float u_sizePixels;
uniform float u_scale;
uniform vec3 u_strong;    // moving: the text colour
uniform vec3 u_quiet;     // stopped, charging, unknown
uniform vec3 u_stale;
uniform vec3 u_casing;    // the ground, around every symbol
uniform vec3 u_selection;
uniform bool u_isSelected;
out vec4 colour;

float arrow(vec2 p) {
  vec2 corners[4] = vec2[4](vec2(0.0, -8.0), vec2(5.8, 6.4), vec2(0.0, 3.2), vec2(-5.8, 6.4));
  float d = dot(p - corners[0], p - corners[0]);
  float side = 1.0;
  for (int i = 0, j = 3; i < 4; j = i, i++) {
    vec2 edge = corners[j] - corners[i];
    vec2 w = p - corners[i];
    vec2 b = w - edge * clamp(dot(w, edge) / dot(edge, edge), 0.0, 1.0);
    d = min(d, dot(b, b));
    bvec3 c = bvec3(p.y >= corners[i].y, p.y < corners[j].y, edge.x * w.y > edge.y * w.x);
    if (all(c) || !any(c)) side = -side;
  }
  return side * sqrt(d);
}

float square(vec2 p, float reach) {
  vec2 q = abs(p) - reach;
  return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0);
}

float shape(vec2 p) {
  if (v_symbol == 0) {
    float c = cos(v_heading);
    float s = sin(v_heading);
    return arrow(vec2(c * p.x + s * p.y, -s * p.x + c * p.y)) - 0.5;
  }
  if (v_symbol == 1) return length(p) - 4.4;
  if (v_symbol == 2) return square(p, 3.6) - 0.6;
  if (v_symbol == 3) return abs(length(p) - 4.0) - 1.0;
  return square(vec2(p.x + p.y, p.x - p.y) * 0.7071, 3.2) - 0.4;
}

float cover(float distance) {
  return clamp(0.5 - distance * u_pixelRatio, 0.0, 1.0);
}

void main() {
  vec2 p = (gl_PointCoord - 0.5) * u_sizePixels;
  float d = shape(p / u_scale) * u_scale;
  vec3 ink = v_symbol == 0 ? u_strong : v_symbol == 3 ? u_stale : u_quiet;
  if (u_isSelected) ink = u_selection;
  float inked = cover(d);
  float cased = cover(d - 1.5) * 0.92;
  vec4 symbol = vec4(ink * inked + u_casing * cased * (1.0 - inked), max(inked, cased));
  float halo = u_isSelected ? cover(abs(length(p) - 15.0) - 1.2) : 0.0;
  float glow = u_isSelected ? cover(length(p) - 15.0) * 0.18 : 0.0;
  vec4 around = vec4(u_selection * max(halo, glow), max(halo, glow));
  colour = symbol + around * (1.0 - symbol.a);
  if (colour.a < 0.004) discard;
}`;
