import fs from "node:fs";
import path from "node:path";
import { toExcerpt } from "./frames.mjs";

const MAX_TEXT = 2_000;
const COLUMNS = [
  ["", "id"],
  ["question", "question"],
  ["contract", "contract"],
  ["seen", "seen"],
  ["", "verdict"],
];

/** The findings as lines of equal columns. */
export function toTable(findings) {
  const header = Object.fromEntries(COLUMNS.map(([title, key]) => [key, title]));
  const widths = COLUMNS.map(([, key]) =>
    Math.max(...[header, ...findings].map((row) => row[key].length)),
  );
  return [header, ...findings].map((row) =>
    COLUMNS.map(([, key], index) => row[key].padEnd(widths[index]))
      .join("  ")
      .trimEnd(),
  );
}

function bodyOf({ headers, json, text }, anonymiser) {
  if (json !== undefined) return anonymiser.toValue(json);
  if (headers["content-type"]?.startsWith("text/event-stream"))
    return anonymiser.toValue(toExcerpt(text));
  return anonymiser.toText(text).slice(0, MAX_TEXT);
}

/** What a session saw, without anything that names the caller. */
export function toFixture({ answers, findings, date, isOfficial, anonymiser }) {
  const calls = Object.values(answers).map((answer) => ({
    name: answer.name,
    method: answer.method,
    path: anonymiser.toText(answer.path),
    status: answer.status,
    tookMs: answer.tookMs,
    headers: anonymiser.toValue(answer.headers),
    body: bodyOf(answer, anonymiser),
  }));
  return {
    source: "npm run probe:live",
    hosts: isOfficial ? "official" : "overridden",
    date,
    certainty: "measured",
    calls,
    findings,
  };
}

/** Writes a fixture under its date, never over an older one; throws where the token would be in it. */
export function writeFixture(directory, fixture, anonymiser) {
  const text = `${JSON.stringify(fixture, null, 2)}\n`;
  if (anonymiser.isLeaking(text))
    throw new Error("the token would be in the file; nothing written");
  fs.mkdirSync(directory, { recursive: true });
  const taken = (file) => fs.existsSync(path.join(directory, file));
  let file = `${fixture.date}.json`;
  for (let count = 2; taken(file); count += 1) file = `${fixture.date}-${count}.json`;
  fs.writeFileSync(path.join(directory, file), text, { flag: "wx" });
  return path.join(directory, file);
}
