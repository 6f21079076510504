// npm run probe:live : asks the real ModelScope the open questions, with your own token. Never run by CI.
import path from "node:path";
import readline from "node:readline/promises";
import { createAnonymiser } from "./lib/probe/anonymise.mjs";
import { createCaller } from "./lib/probe/call.mjs";
import { readHosts } from "./lib/probe/hosts.mjs";
import { judge } from "./lib/probe/questions.mjs";
import { toFixture, toTable, writeFixture } from "./lib/probe/report.mjs";
import { MODELS, runSession } from "./lib/probe/session.mjs";

const FOLDER = path.resolve(import.meta.dirname, "../tests/fixtures/live");

/** Ends the command; a text may not repeat what was typed, which could be a token. */
function fail(text) {
  console.error(text);
  process.exit(1);
}

function readOptions() {
  const args = process.argv.slice(2);
  if (args.some((arg) => arg !== "--yes"))
    fail(
      "The only argument is --yes. The token is read from MODELSCOPE_TOKEN, never from an argument.",
    );
  const token = (process.env.MODELSCOPE_TOKEN ?? "").trim();
  delete process.env.MODELSCOPE_TOKEN;
  if (!/^[\w-]{20,1000}$/.test(token)) fail("MODELSCOPE_TOKEN holds no access token.");
  try {
    return { token, hosts: readHosts(process.env), isConfirmed: args.includes("--yes") };
  } catch (error) {
    return fail(error.message);
  }
}

async function confirm() {
  if (!process.stdin.isTTY) fail("Nothing was asked. Add --yes to go ahead without a question.");
  const terminal = readline.createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question("Go ahead? [y/N] ");
  terminal.close();
  if (answer.trim().toLowerCase() !== "y") fail("Nothing was asked.");
}

const { token, hosts, isConfirmed } = readOptions();
const anonymiser = createAnonymiser(token);
const tell = (text) => console.log(anonymiser.toText(text));

tell(`Six calls at most, to ${hosts.api} and ${hosts.site}:`);
tell(`  free: the list of models, two polls, the balance`);
tell(`  paid: one chat call (${MODELS.chat}) and one picture (${MODELS.image}), about 2 Magicubes`);
tell("Neither the token nor anything of the account is printed or stored.");
if (!isConfirmed) await confirm();

const { answers, failed } = await runSession({
  call: createCaller(token),
  hosts,
  anonymiser,
  tell,
  ...(process.env.PROBE_POLL_AFTER_MS && { pollAfterMs: Number(process.env.PROBE_POLL_AFTER_MS) }),
});
for (const { name, reason } of failed) tell(`failed: ${name}: ${reason}`);
if (Object.keys(answers).length === 0) fail("Nothing was answered.");

const findings = judge(answers, anonymiser);
tell("");
for (const line of toTable(findings)) tell(line);
const count = (verdict) => findings.filter((finding) => finding.verdict === verdict).length;
tell("");
tell(`${count("agrees")} agree, ${count("differs")} differ, ${count("unknown")} unknown`);

try {
  const date = new Date().toISOString().slice(0, 10);
  const fixture = toFixture({ answers, findings, date, isOfficial: hosts.isOfficial, anonymiser });
  const file = writeFixture(process.env.PROBE_OUT || FOLDER, fixture, anonymiser);
  console.log(`Written: ${path.relative(process.cwd(), file)}`);
} catch (error) {
  fail(anonymiser.toText(error.message));
}
process.exitCode = failed.length > 0 ? 1 : 0;
