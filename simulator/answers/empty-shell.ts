/** The 200 that is no answer; `id` and `model` are inferred. */
export const EMPTY_SHELL = {
  id: "",
  choices: null,
  created: 0,
  model: "",
  object: "",
  usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
};
