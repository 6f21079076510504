import { expect, it } from "vitest";
import { GET as ready } from "@/app/api/ready/route";
import { getSettings } from "@/lib/server/env";
import { drainRuns, interruptRuns } from "@/lib/server/runs/shutdown";
import { call, createUser, errorOf, HEALTHY_TOKEN, rowsOf } from "../support/api";
import { ask } from "../support/ask";
import { runIdOf, runRowOf, waitForText } from "../support/runs";
import { readUiStream } from "../support/ui-stream";

it("CRA-02, CRA-03 a process that is asked to end takes nothing new, lets what can end, keeps the rest", async () => {
  Object.assign(getSettings(), { DRAIN_SECONDS: 1 });
  const users = await Promise.all(
    Array.from({ length: 6 }, () => createUser({ token: HEALTHY_TOKEN })),
  );
  const [quick, ...endless] = users;
  const answers = await Promise.all(
    endless.map((user) => ask(user, { model: "simulator/endless" })),
  );
  const stalled = await ask(quick ?? null, { model: "simulator/stall-headers" });
  for (const answer of answers) await waitForText(runIdOf(answer));
  const readings = Promise.all([...answers, stalled].map(readUiStream));
  const startedMs = performance.now();
  const draining = drainRuns();
  expect((await call(ready)).status).toBe(503);
  const refused = await ask(endless[0] ?? null);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await errorOf(refused)).toMatchObject({ status: 503, code: "restarting" });
  await draining;
  expect(performance.now() - startedMs).toBeLessThan(5_000);
  const read = await readings;
  for (const { readout, parts, isDone } of read) {
    expect([readout.status, readout.errorCode, isDone]).toEqual([
      "interrupted",
      "restarting",
      true,
    ]);
    expect(parts.map(({ type }) => type)).toContain("data-restarting");
  }
  for (const [index, answer] of answers.entries()) {
    const row = await runRowOf(runIdOf(answer));
    expect(row).toMatchObject({ status: "interrupted", text: read[index]?.text });
  }
  expect(await rowsOf(`select from "Run" where status in ('queued', 'streaming')`)).toEqual([]);
  // A second signal has nothing left to do.
  await interruptRuns();
});
