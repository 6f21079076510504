"use client";

import type { TokenStatus } from "@/lib/shared/schemas/token";
import { DoctorCard } from "./doctor-card";
import { TokenCard } from "./token-card";
import { useDoctor } from "./use-doctor";

/** The token and its doctor: a new token is looked at at once. */
export function TokenSection({
  initial,
  isSimulated,
}: {
  initial: TokenStatus;
  isSimulated: boolean;
}) {
  const doctor = useDoctor();
  return (
    <>
      <TokenCard
        initial={initial}
        isSimulated={isSimulated}
        onStored={() => void doctor.check(false)}
      />
      <DoctorCard site={initial.site ?? "cn"} doctor={doctor} />
    </>
  );
}
