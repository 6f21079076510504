// npm run simulator : a ModelScope on this machine, alone. SIMULATOR_PORT chooses the port (4010).
import { prepare } from "./lib/prepare.mjs";

await prepare();
process.env.SIMULATOR_PORT ??= "4010";
await import("../simulator/main.ts");
