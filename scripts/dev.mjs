// npm run dev : the same as npm start with Next's development server.
import { prepare } from "./lib/prepare.mjs";

await prepare();
const { ensureClient } = await import("./lib/artifacts.mjs");
const { launchApp } = await import("./lib/launcher.mjs");
const { orFail } = await import("./lib/or-fail.mjs");

orFail(ensureClient);
await launchApp({ mode: "dev" });
