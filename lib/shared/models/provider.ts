/** Who serves a model: what stands behind the colon of its id, else ModelScope itself. */
export function providerOf(model: string): string {
  return model.split(":")[1] ?? "ModelScope";
}
