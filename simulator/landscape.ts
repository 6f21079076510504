import { encodePng } from "./png.ts";

type Colour = readonly [number, number, number];

const LAYERS = 6;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

const mix = (a: Colour, b: Colour, share: number): Colour => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

/** A ridge line: its height (0 to 1 from the top) for each column. */
function createRidge(width: number, base: number, swing: number, random: () => number): number[] {
  const waves = Array.from({ length: 5 }, (_, octave) => ({
    length: (0.9 + random() * 0.8) * 2 ** octave,
    phase: random() * Math.PI * 2,
    swing: swing / 1.9 ** octave,
  }));
  return Array.from({ length: width }, (_, x) => {
    const at = (x / width) * Math.PI * 2;
    return waves.reduce(
      (sum, wave) => sum + Math.sin(at * wave.length + wave.phase) * wave.swing,
      base,
    );
  });
}

function palette(random: () => number): {
  sky: Colour;
  haze: Colour;
  far: Colour;
  near: Colour;
  sun: Colour;
} {
  const tints: readonly { far: Colour; near: Colour }[] = [
    { far: [176, 190, 198], near: [34, 44, 52] },
    { far: [186, 178, 170], near: [58, 42, 40] },
    { far: [160, 188, 178], near: [22, 52, 50] },
    { far: [176, 172, 196], near: [40, 36, 66] },
  ];
  const tint = tints[Math.floor(random() * tints.length)] ?? {
    far: [176, 190, 198],
    near: [34, 44, 52],
  };
  return { sky: [236, 231, 219], haze: [222, 219, 210], sun: [205, 78, 52], ...tint };
}

type Sun = { x: number; y: number; radius: number; colour: Colour };
type Ridge = { line: number[]; colour: Colour };

/** The sky with the sun and its glow. */
function skyAt(x: number, y: number, ground: Colour, sun: Sun): Colour {
  const distance = Math.hypot(x - sun.x, y - sun.y);
  if (distance < sun.radius) return sun.colour;
  const glow = 1 - distance / (sun.radius * 4);
  return glow > 0 ? mix(ground, sun.colour, 0.22 * glow) : ground;
}

/** The nearest ridge that covers a point, hazier with depth below its line; else what is behind. */
function ridgeAt(
  x: number,
  depth: number,
  ridges: readonly Ridge[],
  haze: Colour,
  behind: Colour,
): Colour {
  let colour = behind;
  for (const { line, colour: hill } of ridges) {
    const below = depth - (line[x] ?? 1);
    if (below > 0) colour = mix(hill, haze, Math.min(0.75, below * 4.2));
  }
  return colour;
}

/** A PNG of misty hills under a sun: real bytes of the asked size, different for each seed. */
export function drawLandscape(width: number, height: number, seed: number): Buffer {
  const random = createRandom(seed);
  const { sky, haze, far, near, sun: sunColour } = palette(random);
  const sun: Sun = {
    x: (0.2 + random() * 0.6) * width,
    y: (0.16 + random() * 0.16) * height,
    radius: 0.055 * Math.min(width, height),
    colour: sunColour,
  };
  const ridges: Ridge[] = Array.from({ length: LAYERS }, (_, index) => ({
    line: createRidge(width, 0.4 + index * 0.09, 0.045 + random() * 0.02, random),
    colour: mix(far, near, (index / (LAYERS - 1)) ** 1.2),
  }));
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    const depth = y / height;
    const ground = mix(sky, haze, Math.min(1, depth * 1.8));
    for (let x = 0; x < width; x += 1) {
      const colour = ridgeAt(x, depth, ridges, haze, skyAt(x, y, ground, sun));
      pixels.set(colour, (y * width + x) * 3);
    }
  }
  return encodePng(width, height, pixels);
}
