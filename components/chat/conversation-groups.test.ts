import { expect, it } from "vitest";
import type { ConversationSummary } from "@/lib/shared/schemas/conversation";
import { toGroups } from "./conversation-groups";

const row = (updatedAt: string, pinned = false) =>
  ({ id: updatedAt, updatedAt, pinned }) as ConversationSummary;

it("puts rows into the days of UTC+8, in which every time is shown", () => {
  const now = new Date("2026-11-26T02:00:00Z"); // 10:00 in Shanghai
  const rows = [
    row("2026-11-25T16:00:00Z"), // midnight there
    row("2026-11-25T15:59:59Z"),
    row("2026-11-24T15:59:59Z"),
    row("2025-01-01T00:00:00Z", true),
  ];
  const groups = toGroups(rows, now);
  expect(groups.map(({ group, rows: members }) => [group, ...members.map(({ id }) => id)])).toEqual(
    [
      ["pinned", "2025-01-01T00:00:00Z"],
      ["today", "2026-11-25T16:00:00Z"],
      ["yesterday", "2026-11-25T15:59:59Z"],
      ["earlier", "2026-11-24T15:59:59Z"],
    ],
  );
  expect(toGroups(rows, null)).toEqual([{ group: "earlier", rows }]);
});
