// npm start : installs, builds and migrates what is missing, starts the database if none is given, serves.
import { prepare } from "./lib/prepare.mjs";

await prepare();
const { ensureBuild } = await import("./lib/artifacts.mjs");
const { launchApp } = await import("./lib/launcher.mjs");
const { orFail } = await import("./lib/or-fail.mjs");

orFail(ensureBuild);
await launchApp({ mode: "start" });
