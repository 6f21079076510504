// npm run build : the production build, made anew only when a source changed.
import { prepare } from "./lib/prepare.mjs";

await prepare();
const { ensureBuild } = await import("./lib/artifacts.mjs");
const { orFail } = await import("./lib/or-fail.mjs");

orFail(ensureBuild);
