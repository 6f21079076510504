import { describe, expect, it } from "vitest";
import { Secret } from "@/lib/shared/secret";
import { open, seal, sealedKeyLabel } from "./sealed";

const CONTEXT = { purpose: "provider-token", userId: "usr_1", rowId: "tok_1" } as const;
const sealed = seal(new Secret("canary"), CONTEXT);

describe("a sealed text", () => {
  it("opens in its own place", () => {
    expect(open(sealed, CONTEXT)?.reveal()).toBe("canary");
    expect(sealedKeyLabel(sealed)).toBe("k1");
  });

  const elsewhere = [
    { ...CONTEXT, userId: "usr_2" },
    { ...CONTEXT, rowId: "tok_2" },
    { ...CONTEXT, purpose: "share-slug" as const },
    // Length prefixes keep these apart from the context above.
    { ...CONTEXT, userId: "usr_1tok", rowId: "_1" },
  ];
  for (const context of elsewhere) {
    it(`stays shut for ${JSON.stringify(context)}`, () => {
      expect(open(sealed, context)).toBeNull();
    });
  }

  const parts = sealed.split(".");
  const swap = (index: number, value: string) =>
    parts.map((part, at) => (at === index ? value : part)).join(".");
  const damaged = {
    "another version": swap(0, "v2"),
    "an unknown key": swap(1, "00000000"),
    "a short nonce": swap(2, "AAAA"),
    "another nonce": swap(2, Buffer.alloc(12).toString("base64url")),
    "changed text": swap(3, Buffer.from("canarz").toString("base64url")),
    "a tag of four bytes": swap(4, (parts[4] ?? "").slice(0, 6)),
    "no tag": parts.slice(0, 4).join("."),
    "one part more": `${sealed}.AAAA`,
    nothing: "",
  };
  for (const [name, text] of Object.entries(damaged)) {
    it(`stays shut with ${name}`, () => {
      expect(open(text, CONTEXT)).toBeNull();
    });
  }

  it("never repeats a nonce or a ciphertext", () => {
    const all = Array.from({ length: 2_000 }, () => seal(new Secret("canary"), CONTEXT));
    expect(new Set(all.map((text) => text.split(".")[2])).size).toBe(all.length);
    expect(new Set(all.map((text) => text.split(".")[3])).size).toBeGreaterThan(1_990);
  });
});
