/** A parameter's name in the reader's language with its API name behind it, unless they are the same word. */
export function toParamLabel(name: string, apiName: string): string {
  return name.toLowerCase() === apiName.toLowerCase() ? name : `${name} ${apiName}`;
}
