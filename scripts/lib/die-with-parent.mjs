// Preloaded into the server: when the launcher dies, also by kill -9, the channel closes, and the
// server stores its runs and ends at once (SIGHUP), so that the next start finds the port free.
process.on("disconnect", () => process.kill(process.pid, "SIGHUP"));
process.channel?.unref();
