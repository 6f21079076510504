import { describe, expect, it } from "vitest";
import type { ConversationSummary } from "@/lib/shared/schemas/conversation";
import { type ConversationList, renew } from "./conversation-pages";

const row = (id: string, day: number, pinned = false): ConversationSummary => ({
  id,
  title: id,
  model: "m",
  pinned,
  running: false,
  updatedAt: `2026-11-${String(day).padStart(2, "0")}T00:00:00.000Z`,
  match: null,
});

const list = (rows: ConversationSummary[], nextCursor: string | null): ConversationList => ({
  conversations: rows,
  total: 9,
  nextCursor,
});

const idsOf = ({ conversations }: ConversationList) => conversations.map(({ id }) => id).join("");

describe("a first page that is read again", () => {
  const shown = list([row("p", 1, true), row("a", 9), row("b", 8), row("c", 7), row("d", 6)], "d");

  it("keeps the pages below, and where they go on", () => {
    const first = list([row("p", 1, true), row("n", 10), row("a", 9)], "a");
    const next = renew(shown, first);
    expect(idsOf(next)).toBe("pnabcd");
    expect(next.nextCursor).toBe("d");
  });

  it("drops what has gone from it, and what is the whole list now", () => {
    expect(idsOf(renew(shown, list([row("p", 1, true), row("b", 8), row("c", 7)], "c")))).toBe(
      "pbcd",
    );
    const all = list([row("p", 1, true), row("a", 9)], null);
    expect(renew(shown, all)).toBe(all);
  });

  it("takes a pinned row from below up", () => {
    const first = list([row("d", 6, true), row("p", 1, true), row("a", 9), row("b", 8)], "b");
    expect(idsOf(renew(shown, first))).toBe("dpabc");
  });
});
