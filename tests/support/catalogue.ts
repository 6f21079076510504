const store = globalThis as unknown as { __mspCatalogues?: unknown; __mspServices?: unknown };

/** As a new process that has read nothing of ModelScope's lists yet. */
export function forgetCatalogue(): void {
  delete store.__mspCatalogues;
  forgetServices();
}

/** Forgets who serves which model, and keeps the lists. */
export function forgetServices(): void {
  delete store.__mspServices;
}
