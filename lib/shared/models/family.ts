import type { ThinkingDialect } from "./thinking";

export type ModelKind = "chat" | "vision" | "image" | "edit";

/** Side lengths in pixels; every number names where it was read. */
export type ImageLimits = {
  minSide: number;
  maxSide: number;
  /** Sides are multiples of this many pixels. */
  sideStep: number;
  defaultSize: string;
  /** Parameters that have no effect on this family and are not sent. */
  without: readonly ("negativePrompt" | "guidance" | "steps")[];
  /** LoRAs in one picture; 0 = none. */
  maxLoras: number;
  /** Input pictures; 0 = makes pictures from text alone. */
  maxInputs: number;
  usualSeconds: number;
};

/** What is known of a group of models whose ids match `ids`. */
export type ModelFamily = {
  name: string;
  ids: RegExp;
  kinds: readonly ModelKind[];
  /** null = does not reason, or nothing is known of it. */
  thinking: ThinkingDialect | null;
  image: ImageLimits | null;
};
