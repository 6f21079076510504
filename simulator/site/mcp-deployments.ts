import { randomUUID } from "node:crypto";
import type { SimulatorState } from "../state.ts";

export const TRANSPORTS = ["sse", "streamable_http"] as const;
type Transport = (typeof TRANSPORTS)[number];

/** A server that runs for somebody. */
export type Deployment = {
  serverId: string;
  uuid: string;
  transport: Transport;
  isAuthChecked: boolean;
  /** Null runs on. */
  expiresAtMs: number | null;
};

/** Free deployments a user may have (official). */
export const MAX_DEPLOYMENTS = 20;

/** What runs for a user now. */
export function deploymentsOf(state: SimulatorState, username: string): Deployment[] {
  const now = state.clock.nowMs();
  const all = state.deployments.get(username) ?? [];
  return all.filter(({ expiresAtMs }) => expiresAtMs === null || expiresAtMs > now);
}

/** Starts a server for a user, in place of one that runs already: one instance each. */
export function deploy(
  state: SimulatorState,
  username: string,
  facts: Omit<Deployment, "uuid">,
): Deployment {
  const deployment = { ...facts, uuid: randomUUID() };
  const others = deploymentsOf(state, username).filter((d) => d.serverId !== facts.serverId);
  state.deployments.set(username, [...others, deployment]);
  return deployment;
}

/** Stops a server; false where none ran. */
export function undeploy(state: SimulatorState, username: string, serverId: string): boolean {
  const running = deploymentsOf(state, username);
  const others = running.filter((deployment) => deployment.serverId !== serverId);
  state.deployments.set(username, others);
  return others.length < running.length;
}

/**
 * The address of a deployment in the form of the real ones: the last part is the transport, the one
 * before is the secret. It stays on this machine, and nothing answers there.
 */
export function toOperationalUrl(deployment: Deployment, origin: string) {
  const { uuid, transport, isAuthChecked, expiresAtMs } = deployment;
  return {
    id: uuid,
    url: `${origin}/mcp-hosted/${uuid}/${transport}`,
    transport_type: transport,
    auth_required: isAuthChecked,
    expiration: expiresAtMs === null ? null : new Date(expiresAtMs).toISOString(),
    accessible: true,
  };
}
