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
  usualSeconds: number;
};

/** What is known of a group of models whose ids match `ids`. */
export type ModelFamily = {
  name: string;
  ids: RegExp;
  kinds: readonly ModelKind[];
  reasoning: boolean;
  image: ImageLimits | null;
};
