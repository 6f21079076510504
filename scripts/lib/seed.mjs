// Fills the database that the environment names with demo data; in a process of its own.
import { prepare } from "./prepare.mjs";

await prepare();
const { seedDemo } = await import("../../prisma/seed.ts");
try {
  await seedDemo();
  process.exit(0);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
