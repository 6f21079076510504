import pino from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GET as getCredits } from "@/app/api/credits/route";
import { POST as checkToken } from "@/app/api/token/check/route";
import { PUT as putToken } from "@/app/api/token/route";
import { call, createUser, getSimulator, HEALTHY_TOKEN, requestsTo, rowsOf } from "../support/api";
import { ask, CHAT_PATH } from "../support/ask";
import { ordered, SUBMIT_PATH, untilEnded, untilSubmitted } from "../support/order";
import { startSink } from "../support/sink";
import { readUiStream } from "../support/ui-stream";

const sink = await startSink();
beforeEach(() => {
  sink.hits.length = 0;
});

/** Every text the application has stored, of every table. */
async function dumpDatabase(): Promise<string> {
  const tables = await rowsOf(
    `select table_name as name from information_schema.tables where table_schema = 'public'`,
  );
  const dumps = await Promise.all(
    tables.map(({ name }) => rowsOf(`select to_jsonb(t)::text as row from "${name}" t`)),
  );
  return JSON.stringify(dumps);
}

describe("TOK-08 a token that ModelScope echoes is passed on nowhere", () => {
  const lines: string[] = [];
  const store = globalThis as unknown as { __mspLog?: pino.Logger };
  const quiet = store.__mspLog;
  beforeEach(() => {
    lines.length = 0;
    store.__mspLog = pino({ level: "trace" }, { write: (line: string) => lines.push(line) });
  });
  afterEach(() => {
    if (quiet) store.__mspLog = quiet;
    else delete store.__mspLog;
  });

  const forms = [
    HEALTHY_TOKEN,
    HEALTHY_TOKEN.slice(3),
    HEALTHY_TOKEN.slice(0, 12),
    Buffer.from(HEALTHY_TOKEN).toString("base64"),
  ];
  const expectSecret = async (...places: string[]) => {
    for (const place of [...places, lines.join("\n"), await dumpDatabase()]) {
      for (const form of forms) expect(place).not.toContain(form);
    }
    expect(lines.length).toBeGreaterThan(0);
  };

  for (const protocol of ["openai", "anthropic"]) {
    for (const model of ["simulator/echo-401", "simulator/echo-frame"]) {
      it(`${model}, ${protocol}`, async () => {
        const user = await createUser({ token: HEALTHY_TOKEN });
        const response = await ask(user, { model, settings: { protocol } });
        const headers = JSON.stringify([...response.headers]);
        const text = await response.clone().text();
        const { readout } = await readUiStream(response);
        expect(readout.errorCode).toBe(model.endsWith("401") ? "invalid_token" : "upstream_down");
        await expectSecret(headers, text);
      });
    }
  }

  for (const path of [
    SUBMIT_PATH,
    "/openapi/v1/magicubes/balance",
    "/openapi/v1/users/me",
    CHAT_PATH,
  ]) {
    it(`in a 400 of ${path}, in words, request id and headers`, async () => {
      getSimulator().state.interceptors.set(path, ({ request, response }) => {
        const { authorization = "" } = request.headers;
        response.writeHead(400, {
          "content-type": "application/json",
          "x-request-id": authorization,
        });
        const id = authorization.replace("Bearer ms-", "");
        response.end(
          JSON.stringify({
            error: { message: `not accepted: ${authorization} ${id}` },
            request_id: id,
          }),
        );
      });
      const user = await createUser({ token: HEALTHY_TOKEN });
      const { id } = await ordered(user);
      await untilEnded(user, id); // what is being made would hold the lane
      const answers = [
        await ask(user),
        await call(getCredits, { user }),
        await call(checkToken, { method: "POST", user, body: {} }),
      ];
      await expectSecret(...(await Promise.all(answers.map((answer) => answer.text()))));
    });
  }
});

describe("TOK-10 a redirect is not followed: neither token nor prompt is sent again", () => {
  for (const status of [301, 302, 303, 307, 308]) {
    it(`${status} on chat, submit, poll, balance, account, probe and list`, async () => {
      const { interceptors } = getSimulator().state;
      const redirect = (path: string) =>
        interceptors.set(path, ({ response }) => {
          response.writeHead(status, { location: `${sink.url}${path}` });
          response.end();
        });
      const user = await createUser({ token: HEALTHY_TOKEN });
      const polled = await ordered(user);
      await untilSubmitted(polled.id);
      const [row] = await rowsOf(`select "taskId" from "Image" where id = $1`, [polled.id]);
      const paths = [
        CHAT_PATH,
        SUBMIT_PATH,
        `/v1/tasks/${row?.taskId}`,
        "/openapi/v1/magicubes/balance",
        "/openapi/v1/users/me",
        "/v1/models",
      ];
      // It hangs, and lets others go first.
      await rowsOf(`update "Image" set "submittedAt" = now() - interval '3 min' where id = $1`, [
        polled.id,
      ]);
      for (const path of paths) redirect(path);

      const { readout } = await readUiStream(await ask(user, { model: "Qwen/Qwen3.5-27B" }));
      expect(readout).toMatchObject({ status: "failed", errorCode: "redirected" });
      const { id } = await ordered(user);
      expect(await untilEnded(user, id)).toMatchObject({ errorCode: "redirected" });
      const credits = await (await call(getCredits, { user })).json();
      expect(credits).toMatchObject({ state: "unreadable", errorCode: "redirected" });
      const report = await (await call(checkToken, { method: "POST", user, body: {} })).json();
      expect(report.lights.map(({ state }: { state: string }) => state)).toEqual([
        "unknown",
        "unknown",
        "unknown",
        "not_tested",
      ]);
      const asked = await call(putToken, { method: "PUT", user, body: { token: HEALTHY_TOKEN } });
      expect(await asked.json()).toMatchObject({ state: "unchecked" });
      expect(sink.hits).toEqual([]);
    });
  }

  it("other hosts and schemes too", async () => {
    for (const location of [
      "https://evil.example/",
      "//evil.example/",
      "ftp://evil.example/",
      "/v1/models",
    ]) {
      getSimulator().state.interceptors.set(CHAT_PATH, ({ response }) => {
        response.writeHead(307, { location });
        response.end();
      });
      const user = await createUser({ token: HEALTHY_TOKEN });
      const { readout } = await readUiStream(await ask(user));
      expect(readout.errorCode).toBe("redirected");
    }
    expect(requestsTo("/v1/models").filter(({ method }) => method === "POST")).toEqual([]);
  });
});
