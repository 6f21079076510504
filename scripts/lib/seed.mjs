// Fills the database that the environment names with demo data; in a process of its own.
import { prepare } from "./prepare.mjs";

await prepare();
const { seedDemo } = await import("../../prisma/seed.ts");
await seedDemo();
process.exit(0);
