import { type ImageParameters, toWireInputs, toWireParameters } from "../image-params";

export type ImageOrder = {
  model: string;
  prompt: string;
  parameters: ImageParameters;
  /** Addresses or data URLs of the pictures an edit model works on, in order. */
  inputs: readonly string[];
};

/** The body of `POST /v1/images/generations`; what is unset is not sent. */
export const toImageBody = ({ model, prompt, parameters, inputs }: ImageOrder): object => ({
  model,
  prompt,
  ...toWireParameters(parameters),
  ...(inputs.length > 0 && { image_url: toWireInputs(inputs) }),
});
