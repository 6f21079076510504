/** Ports of the three servers that playwright.config.ts starts. */
export const DEMO_PORT = 4310;
export const FRESH_PORT = 4320;
export const SIMULATOR_PORT = 4330;

/** The setup code of the server that nobody has set up yet. */
export const SETUP_CODE = "journey-setup-code";
