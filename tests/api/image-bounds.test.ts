import { describe, expect, it } from "vitest";
import { imageLimitsOf } from "@/lib/shared/models/families";
import { createUser, errorOf, HEALTHY_TOKEN, requestsTo, type TestUser } from "../support/api";
import { order, ordered, SUBMIT_PATH, untilEnded } from "../support/order";
import { uploaded } from "../support/upload";

const MODELS = [
  "Tongyi-MAI/Z-Image-Turbo",
  "Qwen/Qwen-Image-2512",
  "black-forest-labs/FLUX.1-Krea-dev",
  "MAILAND/majicflus_v1",
  "Qwen/Qwen-Image-Edit-2511",
];

/** What an order of a model needs beside its parameters. */
async function baseOf(user: TestUser, model: string): Promise<object> {
  const { maxInputs } = imageLimitsOf(model);
  return { model, size: undefined, ...(maxInputs > 0 && { uploads: [(await uploaded(user)).id] }) };
}

const text = (length: number) => "x".repeat(length);

/** Name on the wire, what is set, what is sent. */
type Row = { field: string; wire: string; takes: unknown[]; refuses: unknown[] };

function rowsOf(model: string): Row[] {
  const { minSide, maxSide, without } = imageLimitsOf(model);
  const ignored: readonly string[] = without;
  const rows: Row[] = [
    {
      field: "size",
      wire: "size",
      takes: [`${minSide}x${maxSide}`, `${maxSide}x${minSide}`],
      refuses: [
        `${minSide - 1}x${minSide}`,
        `${minSide}x${maxSide + 1}`,
        `${maxSide + 1}x${maxSide}`,
      ],
    },
    { field: "steps", wire: "steps", takes: [1, 100], refuses: [0, 101, 1.5, "30"] },
    { field: "guidance", wire: "guidance", takes: [1.5, 20], refuses: [1.4, 20.1] },
    { field: "seed", wire: "seed", takes: [0, 2_147_483_647], refuses: [-1, 2_147_483_648] },
    {
      field: "negativePrompt",
      wire: "negative_prompt",
      takes: [text(1), text(1_999)],
      refuses: [text(2_000)],
    },
    { field: "prompt", wire: "prompt", takes: [text(1), text(1_999)], refuses: ["", text(2_000)] },
  ];
  return rows.filter(({ field }) => !ignored.includes(field));
}

for (const model of MODELS) {
  describe(`${model}: both ends of every bound, and one past them`, () => {
    for (const { field, wire, takes, refuses } of rowsOf(model)) {
      it(`${field} is sent exactly`, async () => {
        const user = await createUser({ token: HEALTHY_TOKEN });
        const base = await baseOf(user, model);
        for (const value of takes) {
          const { id } = await ordered(user, { ...base, [field]: value });
          expect((await untilEnded(user, id)).status).toBe("done");
          expect(Object(requestsTo(SUBMIT_PATH).at(-1)?.body)[wire]).toEqual(value);
        }
        expect(requestsTo(SUBMIT_PATH)).toHaveLength(takes.length);
      });

      it(`LIM-05 ${field} past its bounds is refused before any call, with the field named`, async () => {
        const user = await createUser({ token: HEALTHY_TOKEN });
        const base = await baseOf(user, model);
        for (const value of refuses) {
          const error = await errorOf(await order(user, { ...base, [field]: value }));
          expect([error.status, Object.keys(error.fields ?? {})]).toEqual([400, [field]]);
        }
        expect(requestsTo(SUBMIT_PATH)).toEqual([]);
      });
    }
  });
}
