/** Runs a step of a command; prints its fault and ends the command where it fails. */
export function orFail(step) {
  try {
    return step();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
