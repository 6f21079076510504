import { readOptions } from "./options.ts";
import { startSimulator } from "./server.ts";
import { TOKEN_SCENARIOS } from "./tokens.ts";

const { SIMULATOR_PORT, ...env } = process.env;
// For clients of others it is as strict as the service, which promises one call at a time.
const isAlone = env.npm_lifecycle_event === "simulator";
const strict = isAlone ? { concurrency: 1 } : {};
const port = Number(SIMULATOR_PORT ?? 0);

// Nothing is worth keeping, so open streams are cut off. A launcher that dies closes its channel.
for (const ending of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"]) {
  process.on(ending, () => process.exit(0));
}

const { url } = await startSimulator({ port, ...strict, ...readOptions(env) }).catch((error) => {
  if (error.code !== "EADDRINUSE") throw error;
  console.error(`Port ${port} is in use; name another one with SIMULATOR_PORT.`);
  process.exit(1);
});

// The launcher reads the address from this line.
process.send?.({ url });
if (isAlone || !process.send) {
  const tokens = Object.entries(TOKEN_SCENARIOS).map(
    ([token, { about }]) => `  ${token}  ${about}`,
  );
  console.log(`ModelScope simulator on ${url}, both hosts. Tokens:`);
  console.log(tokens.join("\n"));
  console.log(`See what was asked: curl ${url}/__simulator/requests`);
}
