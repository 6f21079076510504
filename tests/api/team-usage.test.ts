import { beforeAll, describe, expect, it } from "vitest";
import { GET as getAudit } from "@/app/api/admin/audit/route";
import { PUT as putLimits } from "@/app/api/admin/limits/[scope]/route";
import { GET as getLimits } from "@/app/api/admin/limits/route";
import { DELETE as revokeShares } from "@/app/api/admin/members/[id]/shares/route";
import { GET as exportTeam } from "@/app/api/admin/usage/export.csv/route";
import { GET as getTeam } from "@/app/api/admin/usage/route";
import { GET as exportCsv } from "@/app/api/usage/export.csv/route";
import { GET as getUsage } from "@/app/api/usage/route";
import { audit } from "@/lib/server/services/audit";
import type { Audit, TeamLimits, TeamUsage } from "@/lib/shared/schemas/admin";
import { actorOf, call, createUser, errorOf, HEALTHY_TOKEN, type TestUser } from "../support/api";
import { ask } from "../support/ask";
import { forgetLimits, setLimits } from "../support/limits";
import { readUiStream } from "../support/ui-stream";

const SECRET = "An unmistakable secret of the team";

let administrator: TestUser;
let member: TestUser;
let other: TestUser;

beforeAll(async () => {
  administrator = await createUser({ role: "administrator" });
  member = await createUser({ token: HEALTHY_TOKEN });
  other = await createUser({ token: HEALTHY_TOKEN });
  for (const user of [member, member, other]) {
    await readUiStream(await ask(user, { message: { text: SECRET } }));
  }
});

const teamOf = async (query = ""): Promise<TeamUsage> =>
  (await call(getTeam, { user: administrator, path: `/api/admin/usage${query}` })).json();
const auditOf = async (query = ""): Promise<Audit> =>
  (await call(getAudit, { user: administrator, path: `/api/admin/audit${query}` })).json();

describe("IDR-10: what an administrator sees of the team", () => {
  it("is totals by member, model, kind and result, and each member's are that member's own", async () => {
    const team = await teamOf();
    const own = await (await call(getUsage, { user: member })).json();
    const group = team.groups.find(({ key }) => key === member.id);
    expect(group).toMatchObject({ calls: 2, inputTokens: own.total.inputTokens });
    expect(team.groups.find(({ key }) => key === other.id)).toMatchObject({ calls: 1 });
    expect(team.names[member.id]).toBe("Test User");
    for (const by of ["model", "kind", "status"]) {
      const sum = (await teamOf(`?by=${by}`)).groups.reduce((all, { calls }) => all + calls, 0);
      expect(sum).toBe(team.total.calls);
    }
    const byHour = await teamOf("?bucket=hour");
    expect(byHour.total.calls).toBe(team.total.calls);
  });

  it("has no word of what was asked or answered, nor an id of it", async () => {
    const answers = await Promise.all([
      call(getTeam, { user: administrator }),
      call(getTeam, { user: administrator, path: "/api/admin/usage?bucket=hour&by=model" }),
      call(exportTeam, { user: administrator }),
      call(getLimits, { user: administrator }),
      call(getAudit, { user: administrator }),
    ]);
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(await answer.text()).not.toMatch(/unmistakable|cnv_|msg_|run_|img_|ms-0000/);
    }
  });

  it("is refused to members, who see their own numbers only", async () => {
    for (const handler of [getTeam, exportTeam, getLimits, getAudit]) {
      expect(await errorOf(await call(handler, { user: member }))).toMatchObject({ status: 403 });
    }
    const own = await (await call(getUsage, { user: other })).json();
    expect(own.total.calls).toBe(1);
    const text = await (await call(exportCsv, { user: other })).text();
    expect(text.trim().split("\r\n")).toHaveLength(2);
  });
});

describe("the audit log", () => {
  it("has a row for each look and change, with who, what and whom", async () => {
    const before = (await auditOf()).entries.length;
    await teamOf("?from=2026-11-01&to=2026-11-02");
    await call(exportTeam, { user: administrator });
    await call(getLimits, { user: administrator });
    await setLimits(administrator, member.id, { calls: 5 });
    await call(revokeShares, { method: "DELETE", user: administrator, params: { id: member.id } });
    await forgetLimits();
    const { entries } = await auditOf();
    expect(entries.length - before).toBe(6);
    expect(entries.slice(0, 6).map(({ action }) => action)).toEqual([
      "audit.view",
      "shares.revoke",
      "limits.change",
      "limits.view",
      "usage.export",
      "usage.view",
    ]);
    expect(entries[2]).toMatchObject({ name: "Test User", subject: "Test User" });
    expect(entries[5]?.subject).toBe("2026-11-01 – 2026-11-02");
  });

  it("is paged", async () => {
    for (let looks = 0; looks < 60; looks += 1) await teamOf();
    const { entries, nextCursor } = await auditOf();
    expect(entries).toHaveLength(50);
    const next = await auditOf(`?cursor=${nextCursor}`);
    const ids = new Set(entries.map(({ id }) => id));
    expect(next.entries.filter(({ id }) => ids.has(id))).toHaveLength(0);
    expect(next.entries.length).toBeGreaterThan(10);
  });

  it("is written for administrators alone, whoever calls the service", async () => {
    await expect(audit(actorOf(member), "usage.view")).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("limits", () => {
  it("are listed with what of today is used, of everybody and of each", async () => {
    await setLimits(administrator, "members", { calls: 7, credits: 2.5 });
    await setLimits(administrator, other.id, { pictures: 1 });
    const limits: TeamLimits = await (await call(getLimits, { user: administrator })).json();
    const of = (user: TestUser) => limits.people.find(({ id }) => id === user.id);
    expect(limits.members).toEqual({ calls: 7, credits: 2.5, pictures: null });
    expect(of(member)).toMatchObject({ limits: { calls: 7 }, hasOwnLimits: false });
    expect(of(member)?.today.calls).toBe(2);
    expect(of(other)).toMatchObject({
      limits: { calls: null, credits: null, pictures: 1 },
      hasOwnLimits: true,
    });
    await forgetLimits();
  });

  it("change one by one: what another administrator set meanwhile stays, and a member begins with everybody's", async () => {
    const change = (scope: string, body: object) =>
      call(putLimits, { method: "PUT", user: administrator, params: { scope }, body });
    await change("members", { calls: 9, pictures: 3 });
    await change(other.id, { credits: 50 });
    await change("members", { calls: 10 });
    const limits: TeamLimits = await (await call(getLimits, { user: administrator })).json();
    expect(limits.members).toEqual({ calls: 10, credits: null, pictures: 3 });
    const own = limits.people.find(({ id }) => id === other.id);
    expect(own?.limits).toEqual({ calls: 9, credits: 50, pictures: 3 });
    const { entries } = await auditOf();
    const details = entries.filter(({ action }) => action === "limits.change").slice(0, 3);
    expect(details.map(({ detail }) => detail)).toEqual([
      "calls 9 → 10",
      "credits – → 50",
      "calls – → 9, pictures – → 3",
    ]);
    await forgetLimits();
  });

  it("refuse what is none, and scopes that do not exist", async () => {
    for (const limits of [
      { calls: -1 },
      { calls: 1.5 },
      { credits: 0.3 },
      { pictures: "1" },
      { tokens: 1 },
    ]) {
      expect((await setLimits(administrator, "team", limits as object)).status).toBe(400);
    }
    expect((await setLimits(administrator, "usr_missing", { calls: 1 })).status).toBe(404);
    expect((await setLimits(member, "team", { calls: 1 })).status).toBe(403);
  });
});
