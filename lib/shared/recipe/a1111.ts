import { type FoundRecipe, withoutNothing } from "./found-recipe";

const FIELD = /\s*([\w ./-]+):\s*("(?:\\.|[^"\\])*"|[^,]*)(?:,|$)/g;
const NEGATIVE = "Negative prompt:";

function readFields(line: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [, name = "", value = ""] of line.matchAll(FIELD)) {
    const bare = value.trim();
    fields.set(
      name.trim(),
      bare.startsWith('"') ? bare.slice(1, -1).replace(/\\(.)/g, "$1") : bare,
    );
  }
  return fields;
}

/** LoRAs stand in the prompt there, by file names that mean nothing to ModelScope. */
const LORA_TAG = /<lora:([^:>]+)(?::[^>]*)?>/g;

/**
 * Reads the text that A1111's web UI writes (`parameters`), and those after it: prompt, negative prompt
 * and a last line of fields, `Steps:` first where it is set. Null where it is no such text.
 */
export function readA1111(text: string): FoundRecipe | null {
  const lines = text.trim().split("\n");
  const last = lines.at(-1) ?? "";
  if (!/^\s*(Steps|CFG scale|Seed|Size|Model): /.test(last)) return null;
  const head = lines.slice(0, -1).join("\n");
  const negativeAt = head.indexOf(NEGATIVE);
  const prompt = (negativeAt < 0 ? head : head.slice(0, negativeAt)).trim();
  const negative = negativeAt < 0 ? "" : head.slice(negativeAt + NEGATIVE.length).trim();
  const fields = readFields(last);
  const take = (name: string) => {
    const value = fields.get(name);
    fields.delete(name);
    return value;
  };
  const takeNumber = (name: string) => {
    const value = take(name);
    return value === undefined ? undefined : Number(value);
  };
  const known = {
    steps: takeNumber("Steps"),
    guidance: takeNumber("CFG scale"),
    seed: takeNumber("Seed"),
    size: take("Size"),
    model: take("Model"),
  };
  const loras = [...prompt.matchAll(LORA_TAG)].map(([, name = ""]) => name);
  return {
    source: "a1111",
    prompt: prompt.replace(LORA_TAG, "").trim(),
    ...(negative && { negativePrompt: negative }),
    ...withoutNothing(known),
    others: { ...Object.fromEntries(fields), ...(loras.length > 0 && { LoRA: loras.join(", ") }) },
  };
}

/** The text of a recipe in A1111's form, which many tools read. */
export function writeA1111({
  prompt,
  negativePrompt,
  ...rest
}: Omit<FoundRecipe, "others">): string {
  const fields = [
    ["Steps", rest.steps],
    ["CFG scale", rest.guidance],
    ["Seed", rest.seed],
    ["Size", rest.size],
    ["Model", rest.model],
    ["LoRA", rest.loras && `"${rest.loras.map(({ id, weight }) => `${id} ${weight}`).join(", ")}"`],
  ].filter(([, value]) => value !== undefined);
  return [
    ...(prompt ? [prompt] : []),
    ...(negativePrompt ? [`${NEGATIVE} ${negativePrompt}`] : []),
    fields.map(([name, value]) => `${name}: ${value}`).join(", "),
  ].join("\n");
}
