import { readOptions } from "./options.ts";
import { TOKEN_SCENARIOS } from "./scenarios.ts";
import { startSimulator } from "./server.ts";

const { SIMULATOR_PORT, ...env } = process.env;
// For clients of others it is as strict as the service, which promises one call at a time.
const strict = env.npm_lifecycle_event === "simulator" ? { concurrency: 1 } : {};
const port = Number(SIMULATOR_PORT ?? 0);
const simulator = await startSimulator({ port, ...strict, ...readOptions(env) });

// The launcher reads the address from this line and ends the simulator by closing the channel.
process.send?.({ url: simulator.url });
if (!process.send) {
  console.log(`ModelScope simulator on ${simulator.url}`);
  for (const [token, { about }] of Object.entries(TOKEN_SCENARIOS))
    console.log(`  ${token}  ${about}`);
}
process.on("disconnect", () => process.exit(0));
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => void simulator.close().then(() => process.exit(0)));
}
