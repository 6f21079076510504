import { expect, it } from "vitest";
import { ToolCallMerger } from "./tool-calls";

it("merges pieces by index, keeping the first id and name", () => {
  const merger = new ToolCallMerger();
  merger.add([{ index: 1, id: "b", name: "second", arguments: "" }]);
  merger.add([
    { index: 0, id: "a", name: "first", arguments: '{"city": "杭' },
    { index: 1, id: "", name: "", arguments: "{}" },
  ]);
  merger.add([{ index: 0, id: "other", name: "other", arguments: '州"}' }]);
  expect(merger.list()).toEqual([
    { id: "a", name: "first", arguments: '{"city": "杭州"}' },
    { id: "b", name: "second", arguments: "{}" },
  ]);
});

it("tells calls apart where a backend names no index", () => {
  const merger = new ToolCallMerger();
  const piece = (id: string, name: string, text: string) => ({
    index: null,
    id,
    name,
    arguments: text,
  });
  merger.add([piece("a", "f", "{}"), piece("b", "g", "{")]);
  merger.add([piece("", "", "}")]);
  expect(merger.list()).toEqual([
    { id: "a", name: "f", arguments: "{}" },
    { id: "b", name: "g", arguments: "{}" },
  ]);
});

it("takes a call without a name, and no more than 64", () => {
  const merger = new ToolCallMerger();
  merger.add(
    Array.from({ length: 100 }, (_, index) => ({ index, id: "", name: "", arguments: "\0x" })),
  );
  expect(merger.list()).toHaveLength(64);
  expect(merger.list()[0]).toEqual({ id: "", name: "", arguments: "x" });
});
