import { z } from "zod";
import { parseJson } from "../parse-json";
import { type FoundRecipe, withoutNothing } from "./found-recipe";

const graphSchema = z.record(
  z.string(),
  z.object({ class_type: z.string(), inputs: z.record(z.string(), z.unknown()) }),
);
type Graph = z.infer<typeof graphSchema>;
type Node = Graph[string];

const MAX_STEPS = 20;

/** The node that an input is wired to; null for a value. */
function follow(graph: Graph, value: unknown): Node | null {
  return Array.isArray(value) ? (graph[String(value[0])] ?? null) : null;
}

/** The first node on the way back from an input that has one of these inputs, and its value. */
function findInput(
  graph: Graph,
  from: unknown,
  names: readonly string[],
  through: string,
): unknown {
  let node = follow(graph, from);
  for (let step = 0; node && step < MAX_STEPS; step += 1) {
    for (const name of names) {
      const value = node.inputs[name];
      if (value !== undefined && !Array.isArray(value)) return value;
      const inner = follow(graph, value)?.inputs[name];
      if (typeof inner === "string") return inner;
    }
    node = follow(graph, node.inputs[through]);
  }
  return undefined;
}

const toText = (value: unknown) => (typeof value === "string" ? value : undefined);
const toNumber = (value: unknown) => (typeof value === "number" ? value : undefined);

/** What the sampler of a graph says, and what its wires lead to. */
function readSampler(graph: Graph, { inputs }: Node): FoundRecipe {
  const prompt = findInput(graph, inputs.positive, ["text", "prompt"], "conditioning");
  const negative = findInput(graph, inputs.negative, ["text", "prompt"], "conditioning");
  const latent = follow(graph, inputs.latent_image)?.inputs ?? {};
  const [width, height] = [toNumber(latent.width), toNumber(latent.height)];
  const model = findInput(graph, inputs.model, ["ckpt_name", "unet_name"], "model");
  const lora = findInput(graph, inputs.model, ["lora_name"], "model");
  const others = {
    sampler: toText(inputs.sampler_name),
    scheduler: toText(inputs.scheduler),
    LoRA: toText(lora),
  };
  return {
    source: "comfyui",
    ...withoutNothing({
      prompt: toText(prompt),
      negativePrompt: toText(negative) || undefined,
      model: toText(model),
      size: width && height ? `${width}x${height}` : undefined,
      steps: toNumber(inputs.steps),
      guidance: toNumber(inputs.cfg),
      seed: toNumber(inputs.seed) ?? toNumber(inputs.noise_seed),
    }),
    others: withoutNothing(others) as Record<string, string>,
  };
}

/** Reads the graph that ComfyUI keeps in a picture (`prompt`). Null where it has no sampler. */
export function readComfyUi(text: string): FoundRecipe | null {
  const graph = graphSchema.safeParse(parseJson(text)).data;
  const sampler =
    graph && Object.values(graph).find(({ class_type }) => /^KSampler/.test(class_type));
  return graph && sampler ? readSampler(graph, sampler) : null;
}
