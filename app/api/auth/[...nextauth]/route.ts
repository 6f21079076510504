import { handleAuth } from "@/lib/server/http/auth-route";

export { handleAuth as GET, handleAuth as POST };
