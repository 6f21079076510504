// npm run demo : npm start with the simulator as ModelScope and ready users; nothing is asked.
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { prepare, ROOT } from "./lib/prepare.mjs";

await prepare();
process.env.DATA_DIR ??= ".data/demo";
// The address and the accounts should stay in view.
process.env.LOG_LEVEL ??= "error";
const { ensureBuild } = await import("./lib/artifacts.mjs");
const { launchApp } = await import("./lib/launcher.mjs");
const { orFail } = await import("./lib/or-fail.mjs");

const { users } = JSON.parse(fs.readFileSync(path.join(ROOT, "prisma/demo.json"), "utf8"));

async function startSimulator(launch) {
  const child = spawn(process.execPath, [path.join(ROOT, "simulator/main.ts")], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    detached: true,
  });
  launch.atEnd(() => {
    if (child.connected) child.disconnect();
  });
  const gone = once(child, "exit").then(() => {
    throw new Error("the simulator could not be started");
  });
  const [{ url }] = await Promise.race([once(child, "message"), gone]);
  gone.catch(() => undefined); // later it ends when it is told to
  return {
    MODELSCOPE_API_URL: url,
    MODELSCOPE_SITE_URL: url,
    IMAGE_HOSTS: new URL(url).host,
  };
}

async function seed(env) {
  const child = spawn(process.execPath, [path.join(ROOT, "scripts/lib/seed.mjs")], {
    env,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error("the demo data could not be written");
  return [
    "The simulator plays ModelScope: nothing leaves this machine, nothing is charged.",
    ...Object.values(users).map(({ email, password }) => `Sign in as ${email} with ${password}`),
  ];
}

orFail(ensureBuild);
await launchApp({ mode: "start", prepareEnv: startSimulator, seed });
