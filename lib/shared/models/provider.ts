/** The provider behind a plain id; every other is called as `id:Name`. */
export const OWN_PROVIDER = "ModelScope";

/** Who serves a model: what stands behind the colon of its id, else ModelScope itself. */
export function providerOf(model: string): string {
  return model.split(":")[1] ?? OWN_PROVIDER;
}
