/** What dependency-cruiser is to read. */
export const CRUISED = [
  "app",
  "components",
  "lib",
  "simulator",
  "prisma/seed.ts",
  "instrumentation.ts",
  "proxy.ts",
];

/** A fault where nothing was read: without a compiler it can use, the tool reads no module and says all is well. */
export function findCruiseFault(output) {
  const modules = Number(/(\d+) modules/.exec(output)?.[1] ?? 0);
  return modules > 100
    ? null
    : `only ${modules} modules were cruised; is @swc/core installed?\n${output}`;
}
